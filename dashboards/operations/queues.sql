-- Leads in transit to each county, all months together.
WITH sent AS (SELECT county, sum(dispatched) AS dispatched, sum(delivered) AS delivered, sum(waiting) AS waiting, sum(dead) AS dead,
  min(waiting_since) AS waiting_since FROM delivery_month GROUP BY county)
SELECT c.county, c.label AS county_name, c.prefecture_name, coalesce(dispatched, 0)::BIGINT AS dispatched, coalesce(delivered, 0)::BIGINT AS delivered,
  coalesce(waiting, 0)::BIGINT AS waiting, coalesce(dead, 0)::BIGINT AS dead,
  CASE WHEN waiting_since IS NULL THEN 0 ELSE greatest(0, round(($now - waiting_since) / 3600000.0, 1)) END AS waiting_hours
FROM county c LEFT JOIN sent s ON s.county = c.county ORDER BY county
