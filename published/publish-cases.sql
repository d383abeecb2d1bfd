-- Published tables about cases: outcomes of leads, durations, what is late. Counts only, as in publish.sql. Read
-- from the temporary tables of published/cases.sql and from `due_clock` (cases/clocks.ts).

-- table: case_stage
-- Stages of cases when the file is made.
SELECT county, township, direction, stage, count(*)::BIGINT AS n FROM case_now GROUP BY ALL ORDER BY ALL

-- table: case_gate
-- Cases that passed a gate in the month, by calendar days since the previous gate. Medians are
-- computed from these cells: a region's median cannot be derived from its counties' medians.
SELECT substr(day, 1, 7) AS month, county, gate, (day::DATE - since::DATE)::INTEGER AS days, count(*)::BIGINT AS n
FROM case_passage WHERE since IS NOT NULL GROUP BY ALL ORDER BY ALL

-- table: case_outcome
-- Cases by the month in which they ended; one under review again has not ended. code: why it
-- came to nothing.
SELECT substr(ended_on, 1, 7) AS month, county, outcome, coalesce(civil, '') AS civil, coalesce(rural, '') AS rural,
  CASE WHEN outcome = 'assisted' THEN '' ELSE coalesce(code, '') END AS code, count(*)::BIGINT AS n
FROM case_now WHERE outcome IS NOT NULL GROUP BY ALL ORDER BY ALL

-- table: case_divergence
-- Cases decided by both bureaus, by the month they ended: where the tracks disagree, and
-- where the county disagrees with the township.
SELECT substr(ended_on, 1, 7) AS month, county, count(*)::BIGINT AS decided,
  count(*) FILTER (list_contains(diverges, 'tracks'))::BIGINT AS tracks, count(*) FILTER (list_contains(diverges, 'levels'))::BIGINT AS levels
FROM case_now WHERE outcome IS NOT NULL AND civil IS NOT NULL AND rural IS NOT NULL GROUP BY ALL ORDER BY ALL

-- table: case_clock
-- Clocks whose end makes somebody late, when the file is made. provisional: holidays in the
-- period are not published yet.
SELECT c.county, c.township, d.clock, count(*)::BIGINT AS running, count(*) FILTER (d.due < getvariable('day'))::BIGINT AS overdue,
  count(*) FILTER (d.provisional)::BIGINT AS provisional
FROM due_clock d JOIN case_now c USING (lead_id)
WHERE list_contains(getvariable('late'), d.clock) AND d.due IS NOT NULL GROUP BY ALL ORDER BY ALL

-- table: case_reminder_month
SELECT substr(day, 1, 7) AS month, county, clock, level, count(*)::BIGINT AS n FROM case_reminder GROUP BY ALL ORDER BY ALL

-- table: visit_month
-- Homes visited in the month, as counted in the townships' plans, and how many a township can
-- visit.
SELECT substr(a.day, 1, 7) AS month, a.county, coalesce(a.township, '') AS township,
  count(DISTINCT a.lead_id) FILTER (a.action = 'visit')::BIGINT AS visited,
  count(*) FILTER (a.action = 'attempt')::BIGINT AS attempts, any_value(f.capacity)::INTEGER AS capacity
FROM standing_act a LEFT JOIN visit_capacity f ON f.month = substr(a.day, 1, 7) AND f.county = a.county
WHERE a.action IN ('visit', 'attempt') GROUP BY substr(a.day, 1, 7), a.county, coalesce(a.township, '') ORDER BY month, a.county, township

-- table: spot_check_month
-- Homes answered in the month after a visit: those the county checked, and those where it
-- agreed with the township.
WITH looked AS (
  SELECT lead_id, arg_max((form->>'consistent')::BOOLEAN, version) AS consistent FROM standing_act WHERE action = 'spot_check' GROUP BY lead_id
)
SELECT substr(c.ended_on, 1, 7) AS month, c.county, count(*)::BIGINT AS answered, count(k.lead_id)::BIGINT AS checked,
  count(*) FILTER (k.consistent)::BIGINT AS consistent
FROM case_now c SEMI JOIN (SELECT lead_id FROM case_passage WHERE gate = 'visit') v ON v.lead_id = c.lead_id
LEFT JOIN looked k ON k.lead_id = c.lead_id
WHERE c.ended_on IS NOT NULL GROUP BY ALL ORDER BY ALL

-- table: campaign_day
-- The year's homes by day: arrived, visited, answered. Carried over from the previous year:
-- arrived on the first of January.
WITH step AS (
  SELECT county, came_on AS day, 'came' AS what FROM campaign_home
  UNION ALL SELECT county, visited_on, 'visited' FROM campaign_home WHERE visited_on IS NOT NULL
  UNION ALL SELECT county, ended_on, 'decided' FROM campaign_home WHERE ended_on IS NOT NULL
)
SELECT day, county, count(*) FILTER (what = 'came')::BIGINT AS homes, count(*) FILTER (what = 'visited')::BIGINT AS visited,
  count(*) FILTER (what = 'decided')::BIGINT AS decided
FROM step GROUP BY ALL ORDER BY ALL

-- table: campaign_township
SELECT county, township, count(*)::BIGINT AS homes, count(visited_on)::BIGINT AS visited, count(ended_on)::BIGINT AS decided,
  count(*) FILTER (visited_on IS NOT NULL AND ended_on IS NOT NULL)::BIGINT AS answered, count(*) FILTER (checked)::BIGINT AS checked,
  count(*) FILTER (consistent)::BIGINT AS consistent
FROM campaign_home GROUP BY ALL ORDER BY ALL
