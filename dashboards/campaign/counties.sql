-- Every county in the annual check: its progress, what its notices require, and whether it is behind. Expected
-- today: the share of homes equal to the share of days elapsed between the first and last visit day.
WITH home AS (
  SELECT county, sum(homes) AS homes, sum(visited) AS visited, sum(decided) AS decided, sum(answered) AS answered, sum(checked) AS checked,
    sum(consistent) AS consistent FROM campaign_township GROUP BY county
), fixed AS (
  SELECT county, min(day) FILTER (milestone = 'visits-from') AS visits_from, max(day) FILTER (milestone = 'visits-to') AS visits_to,
    max(day) FILTER (milestone = 'confirmed-to') AS confirmed_to FROM campaign_milestone GROUP BY county
), today AS (SELECT (epoch_ms($now::BIGINT) + INTERVAL 8 HOUR)::DATE AS day
), part AS (
  SELECT f.*, least(greatest((today.day - coalesce(visits_from, visits_to[:4] || '-01-01')::DATE)
    / greatest(visits_to::DATE - coalesce(visits_from, visits_to[:4] || '-01-01')::DATE, 1)::DOUBLE, 0), 1) AS gone,
    date_diff('day', today.day, visits_to::DATE) AS days_left FROM fixed f, today
)
SELECT c.county, c.label AS county_name, c.prefecture_name, coalesce(h.homes, 0)::BIGINT AS homes, coalesce(h.visited, 0)::BIGINT AS visited,
  coalesce(h.decided, 0)::BIGINT AS decided, coalesce(h.answered, 0)::BIGINT AS answered, coalesce(h.checked, 0)::BIGINT AS checked,
  coalesce(h.consistent, 0)::BIGINT AS consistent, l.least_coverage, l.least_checked, coalesce(p.visits_to, '') AS visits_to,
  p.days_left::BIGINT AS days_left, coalesce(p.confirmed_to, '') AS confirmed_to,
  CASE WHEN p.visits_to IS NULL THEN '未规定期限' WHEN coalesce(h.homes, 0) = 0 THEN '无待查家庭'
    WHEN h.visited < h.homes * coalesce(l.least_coverage, 1) * p.gone THEN '落后' ELSE '正常' END AS progress
FROM county c LEFT JOIN home h ON h.county = c.county LEFT JOIN part p ON p.county = c.county
LEFT JOIN campaign_least l ON l.county = c.county ORDER BY progress <> '落后', days_left, county
