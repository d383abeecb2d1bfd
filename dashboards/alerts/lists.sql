-- Months whose lists are overdue.
WITH sent AS (SELECT DISTINCT month FROM list UNION SELECT month FROM job WHERE job = 'lists')
SELECT c.month AS lists_of, (c.due_at <= $now AND s.month IS NULL)::INTEGER AS firing
FROM calendar c LEFT JOIN sent s ON s.month = c.month
WHERE c.job = 'lists' AND c.month >= (SELECT coalesce(max(month), '') FROM sent) ORDER BY c.month
