-- The newest month of each source, and how many months it is behind the last whole month.
WITH stand AS (SELECT agency, dataset, max(month) AS month, arg_max(version, month) AS version FROM source GROUP BY ALL),
whole AS (SELECT (epoch_ms(($now + 28800000)::BIGINT)::DATE - INTERVAL 1 MONTH)::DATE AS day)
SELECT s.source, s.title, coalesce(t.month, '') AS stands_at, coalesce(t.version, 0)::BIGINT AS versions,
  CASE WHEN t.month IS NULL THEN 999 ELSE greatest(0, datediff('month', (t.month || '-01')::DATE, whole.day)) END::BIGINT AS months_behind
FROM source_name s CROSS JOIN whole LEFT JOIN stand t ON t.agency = s.agency AND t.dataset = s.dataset ORDER BY s.source
