-- The newest month's lists: recipients, rows, and rows in the previous month.
WITH newest AS (SELECT max(month) AS month FROM list_county WHERE month BETWEEN $from AND $to),
before AS (SELECT strftime((month || '-01')::DATE - INTERVAL 1 MONTH, '%Y-%m') AS month FROM newest),
earlier AS (SELECT list, recipient, sum(rows) AS rows FROM list_county JOIN before USING (month) GROUP BY ALL),
sent AS (SELECT month, list, recipient, max(version) AS versions, count(DISTINCT county) AS counties, sum(rows) AS rows
  FROM list_county JOIN newest USING (month) GROUP BY ALL)
SELECT s.month, s.list, l.title AS list_title, a.title AS recipient, s.versions::BIGINT AS versions, s.counties::BIGINT AS counties,
  s.rows::BIGINT AS rows, coalesce(b.rows, 0)::BIGINT AS rows_before
FROM sent s JOIN list_name l USING (list) JOIN agency_name a ON a.agency = s.recipient
LEFT JOIN earlier b ON b.list = s.list AND b.recipient = s.recipient
ORDER BY month, list, recipient
