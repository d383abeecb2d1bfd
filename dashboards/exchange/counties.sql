-- The newest month's lists by county: a list missing for a county was not exported there.
WITH newest AS (SELECT max(month) AS month FROM list_county WHERE month BETWEEN $from AND $to),
sent AS (SELECT county, count(DISTINCT list) AS lists, max(version) AS versions, sum(rows) AS rows FROM list_county JOIN newest USING (month) GROUP BY county)
SELECT newest.month, c.county, c.label AS county_name, c.prefecture_name, coalesce(s.lists, 0)::BIGINT AS lists,
  coalesce(s.versions, 0)::BIGINT AS versions, coalesce(s.rows, 0)::BIGINT AS rows
FROM county c JOIN newest ON newest.month IS NOT NULL LEFT JOIN sent s ON s.county = c.county ORDER BY month, county
