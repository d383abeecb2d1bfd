-- Homes visited in the newest month with visits, by township, and how many a township can visit.
SELECT v.month, c.county, c.label AS county_name, v.township, v.visited::BIGINT AS visited, v.attempts::BIGINT AS attempts,
  v.capacity::BIGINT AS capacity
FROM visit_month v JOIN county c USING (county) WHERE v.month = (SELECT max(month) FROM visit_month WHERE month BETWEEN $from AND $to)
ORDER BY month, county, township
