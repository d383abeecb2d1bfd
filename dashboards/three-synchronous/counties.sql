-- Every county: running cases, what is late, and results in the requested months.
WITH standing AS (SELECT county, sum(n) AS cases FROM case_stage WHERE stage <> 'closed' GROUP BY county),
late AS (SELECT county, sum(overdue) AS overdue FROM case_clock GROUP BY county),
ended AS (SELECT county, sum(n) AS ended, sum(n) FILTER (outcome = 'assisted') AS assisted FROM case_outcome WHERE month BETWEEN $from AND $to GROUP BY county),
apart AS (SELECT county, sum(tracks) AS tracks, sum(levels) AS levels FROM case_divergence WHERE month BETWEEN $from AND $to GROUP BY county)
SELECT c.county, c.label AS county_name, c.prefecture_name, coalesce(s.cases, 0)::BIGINT AS cases, coalesce(l.overdue, 0)::BIGINT AS overdue,
  coalesce(e.ended, 0)::BIGINT AS ended, coalesce(e.assisted, 0)::BIGINT AS assisted, coalesce(a.tracks, 0)::BIGINT AS tracks,
  coalesce(a.levels, 0)::BIGINT AS levels
FROM county c LEFT JOIN standing s ON s.county = c.county LEFT JOIN late l ON l.county = c.county
LEFT JOIN ended e ON e.county = c.county LEFT JOIN apart a ON a.county = c.county ORDER BY county
