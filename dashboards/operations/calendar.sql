-- When each month's run and lists were due, and whether they are done.
WITH done AS (
  SELECT 'run' AS job, month FROM month UNION SELECT 'lists', month FROM list UNION SELECT job, month FROM job
)
SELECT c.month, CASE c.job WHEN 'run' THEN '月度比对' ELSE '名单' END AS job, c.due_at AS due, (d.month IS NOT NULL)::INTEGER AS done,
  CASE WHEN d.month IS NULL THEN greatest(0, round(($now - c.due_at) / 86400000.0, 1)) ELSE 0 END AS overdue_days
FROM calendar c LEFT JOIN done d ON d.job = c.job AND d.month = c.month
WHERE c.month BETWEEN $from AND $to ORDER BY c.month, c.job
