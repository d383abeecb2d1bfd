-- Every township in the annual check.
SELECT c.county, c.label AS county_name, t.township, t.homes::BIGINT AS homes, t.visited::BIGINT AS visited, t.decided::BIGINT AS decided,
  greatest(t.homes - t.visited, 0)::BIGINT AS to_visit
FROM campaign_township t JOIN county c USING (county) ORDER BY county, township
