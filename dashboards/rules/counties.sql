-- Hits of the newest month by county, of one rule or all, beside the people among whom they were found.
WITH newest AS (SELECT max(month) AS month FROM month WHERE month BETWEEN $from AND $to),
hit AS (SELECT county, sum(n) AS hits FROM warning JOIN newest USING (month) WHERE $rule = 'all' OR rule = $rule GROUP BY county),
people AS (SELECT county, sum(persons) AS persons FROM person_month JOIN newest USING (month) WHERE programme = 'low_income' GROUP BY county)
SELECT newest.month, c.county, c.label AS county_name, c.prefecture_name, coalesce(h.hits, 0)::BIGINT AS hits,
  coalesce(p.persons, 0)::BIGINT AS persons
FROM county c JOIN newest ON newest.month IS NOT NULL LEFT JOIN hit h ON h.county = c.county LEFT JOIN people p ON p.county = c.county
ORDER BY newest.month, c.county
