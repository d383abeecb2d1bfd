-- Counties whose leads were given up, or have waited for more than a day.
WITH sent AS (SELECT county, sum(dead) AS dead, min(waiting_since) AS waiting_since FROM delivery_month GROUP BY county)
SELECT c.county, c.label AS county_name, (coalesce(s.dead, 0) > 0 OR coalesce($now - s.waiting_since, 0) > 86400000)::INTEGER AS firing
FROM county c LEFT JOIN sent s ON s.county = c.county ORDER BY county
