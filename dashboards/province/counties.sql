-- Every county in the newest month.
WITH people AS (SELECT county, sum(persons) AS persons FROM person_month WHERE month = $newest AND programme = 'low_income' GROUP BY county),
warned AS (SELECT county, sum(n) AS warnings FROM warning WHERE month = $newest GROUP BY county),
carded AS (
  SELECT county, sum(n) FILTER (status = 'open') AS open, sum(n) FILTER (status = 'open' AND priority = 1) AS urgent,
    sum(n) FILTER (opened) AS opened, sum(n) FILTER (status = 'closed') AS closed FROM lead WHERE month = $newest GROUP BY county
)
SELECT $newest::VARCHAR AS month, c.county, c.label AS county_name, c.prefecture_name, coalesce(persons, 0)::BIGINT AS persons, coalesce(warnings, 0)::BIGINT AS warnings,
  coalesce(open, 0)::BIGINT AS open, coalesce(urgent, 0)::BIGINT AS urgent, coalesce(opened, 0)::BIGINT AS opened,
  coalesce(closed, 0)::BIGINT AS closed
FROM county c LEFT JOIN people p ON p.county = c.county LEFT JOIN warned w ON w.county = c.county
LEFT JOIN carded l ON l.county = c.county WHERE $newest <> '' ORDER BY county
