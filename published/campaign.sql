-- The homes of the annual check: those that came in the year, and those still open when it began. Variable:
-- year_start.
CREATE OR REPLACE TEMP TABLE campaign_home AS
WITH looked AS (
  SELECT lead_id, arg_max((form->>'consistent')::BOOLEAN, version) AS consistent FROM standing_act WHERE action = 'spot_check' GROUP BY lead_id
)
SELECT c.county, c.township, greatest(coalesce(a.day, c.opened_month || '-01'), getvariable('year_start')) AS came_on,
  CASE WHEN v.day IS NOT NULL THEN greatest(v.day, getvariable('year_start')) END AS visited_on,
  c.ended_on, k.lead_id IS NOT NULL AS checked, coalesce(k.consistent, false) AS consistent
FROM case_now c LEFT JOIN lead_arrival a ON a.lead_id = c.lead_id
LEFT JOIN case_passage v ON v.lead_id = c.lead_id AND v.gate = 'visit'
LEFT JOIN looked k ON k.lead_id = c.lead_id
WHERE c.ended_on IS NULL OR c.ended_on >= getvariable('year_start');
