-- The month's funnel from hit to help: cards opened in it, and their outcome so far.
WITH warned AS (SELECT month, sum(n) AS hits FROM warning GROUP BY month),
cohort AS (
  SELECT month, sum(opened) AS opened, sum(delivered) AS delivered, sum(visited) AS visited, sum(accepted) AS accepted,
    sum(reviewed) AS reviewed, sum(confirmed) AS confirmed, sum(enrolled) AS enrolled FROM lead_cohort GROUP BY month
)
SELECT month, coalesce(hits, 0)::BIGINT AS hits, coalesce(opened, 0)::BIGINT AS opened, coalesce(delivered, 0)::BIGINT AS delivered,
  coalesce(visited, 0)::BIGINT AS visited, coalesce(accepted, 0)::BIGINT AS accepted, coalesce(reviewed, 0)::BIGINT AS reviewed,
  coalesce(confirmed, 0)::BIGINT AS confirmed, coalesce(enrolled, 0)::BIGINT AS enrolled
FROM month LEFT JOIN warned USING (month) LEFT JOIN cohort USING (month)
WHERE month BETWEEN $from AND $to ORDER BY month
