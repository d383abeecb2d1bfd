-- One row per month, side by side.
WITH warned AS (SELECT month, sum(n) AS warnings FROM warning GROUP BY month),
carded AS (
  SELECT month, sum(n) FILTER (status = 'open') AS open, sum(n) FILTER (opened) AS opened, sum(n) FILTER (status = 'struck') AS struck,
    sum(n) FILTER (status = 'closed') AS closed FROM lead GROUP BY month
), people AS (SELECT month, sum(persons) AS persons FROM person_month WHERE programme = 'low_income' GROUP BY month)
SELECT month, coalesce(persons, 0)::BIGINT AS persons, coalesce(warnings, 0)::BIGINT AS warnings, coalesce(open, 0)::BIGINT AS open,
  coalesce(opened, 0)::BIGINT AS opened, coalesce(struck, 0)::BIGINT AS struck, coalesce(closed, 0)::BIGINT AS closed
FROM month LEFT JOIN warned USING (month) LEFT JOIN carded USING (month) LEFT JOIN people USING (month)
WHERE month BETWEEN $from AND $to ORDER BY month
