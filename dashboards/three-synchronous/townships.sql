-- Every township with cases: their stages, and what is late.
WITH standing AS (
  SELECT county, township, sum(n) FILTER (stage = 'dispatched') AS waiting, sum(n) FILTER (stage = 'taken') AS taken,
    sum(n) FILTER (stage NOT IN ('dispatched', 'taken', 'closed')) AS running, sum(n) FILTER (stage = 'closed') AS closed
  FROM case_stage GROUP BY county, township
), late AS (SELECT county, township, sum(overdue) AS overdue FROM case_clock GROUP BY county, township)
SELECT c.county, c.label AS county_name, s.township, coalesce(s.waiting, 0)::BIGINT AS waiting, coalesce(s.taken, 0)::BIGINT AS taken,
  coalesce(s.running, 0)::BIGINT AS running, coalesce(l.overdue, 0)::BIGINT AS overdue, coalesce(s.closed, 0)::BIGINT AS closed
FROM standing s JOIN county c ON c.county = s.county LEFT JOIN late l ON l.county = s.county AND l.township = s.township
ORDER BY county, township
