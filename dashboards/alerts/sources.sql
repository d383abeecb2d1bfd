-- Sources without data for the last whole month although its run was due.
WITH stand AS (SELECT agency, dataset, max(month) AS month FROM source GROUP BY ALL),
due AS (SELECT max(month) AS month FROM calendar WHERE job = 'run' AND due_at <= $now)
SELECT s.source, s.title, (due.month IS NOT NULL AND coalesce(t.month, '') < due.month)::INTEGER AS firing
FROM source_name s CROSS JOIN due LEFT JOIN stand t ON t.agency = s.agency AND t.dataset = s.dataset ORDER BY s.source
