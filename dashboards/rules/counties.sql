-- Hits of the newest month by county, for one rule or all, beside the population screened.
WITH hit AS (SELECT county, sum(n) AS hits FROM warning WHERE month = $newest AND ($rule = 'all' OR rule = $rule) GROUP BY county),
people AS (SELECT county, sum(persons) AS persons FROM person_month WHERE month = $newest AND programme = 'low_income' GROUP BY county)
SELECT $newest::VARCHAR AS month, c.county, c.label AS county_name, c.prefecture_name, coalesce(h.hits, 0)::BIGINT AS hits,
  coalesce(p.persons, 0)::BIGINT AS persons
FROM county c LEFT JOIN hit h ON h.county = c.county LEFT JOIN people p ON p.county = c.county
WHERE $newest <> '' ORDER BY county
