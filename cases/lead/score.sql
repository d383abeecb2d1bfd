-- The priority score of a month's open cards, with its factors (arithmetic: see score.ts). weight(county,
-- severity_1 … severity_4, family_weight, month_weight, months_most, outcome_months, prior_cases, prior_share) and
-- card (list.sql) precede this text. Variable: month.
, answered AS (
  SELECT lead_id, arg_max(outcome, seq) AS outcome, max(month) AS month FROM lead_outcome WHERE month <= getvariable('month') GROUP BY lead_id
), judged AS (
  -- Outcomes of the cards that carried a rule, over all counties: a single county has too few. A township's own
  -- share is shown on the case dashboard but does not affect the order: a clerk can recompute this score from the
  -- two numbers on the card, but could not if shares were shrunk towards the county's and the province's.
  SELECT w.county, r.rule, count(*) AS decided, count(*) FILTER (a.outcome = 'assisted') AS confirmed
  FROM weight w JOIN answered a ON date_diff('month', (a.month || '-01')::DATE, (getvariable('month') || '-01')::DATE) < w.outcome_months
  JOIN (SELECT DISTINCT lead_id, rule FROM lead_event WHERE action = 'attached') r ON r.lead_id = a.lead_id
  GROUP BY w.county, r.rule
), on_card AS (
  SELECT c.lead_id, c.county, unnest(string_split(c.rules, ';')) AS rule FROM listed c WHERE c.status = 'open'
), best AS (
  SELECT o.lead_id, count(DISTINCT regexp_replace(o.rule, '-[^-]*$', '')) AS families,
    arg_max({'rule': o.rule, 'decided': coalesce(j.decided, 0), 'confirmed': coalesce(j.confirmed, 0)},
      {'share': (coalesce(j.confirmed, 0) + w.prior_cases * w.prior_share) / (coalesce(j.decided, 0) + w.prior_cases), 'rule': o.rule}) AS judged,
    max((coalesce(j.confirmed, 0) + w.prior_cases * w.prior_share) / (coalesce(j.decided, 0) + w.prior_cases)) AS precision
  FROM on_card o JOIN weight w ON w.county = o.county LEFT JOIN judged j ON j.county = o.county AND j.rule = o.rule
  GROUP BY o.lead_id
), factor AS (
  SELECT c.*, CASE c.priority WHEN 1 THEN w.severity_1 WHEN 2 THEN w.severity_2 WHEN 3 THEN w.severity_3 ELSE w.severity_4 END AS severity,
    b.families::INTEGER AS families, 1 + w.family_weight * (b.families - 1) AS family_factor,
    least(date_diff('month', (c.opened_month || '-01')::DATE, (getvariable('month') || '-01')::DATE) + 1, w.months_most)::INTEGER AS months_open,
    b.precision, b.judged.rule AS judged_rule, b.judged.decided::INTEGER AS decided, b.judged.confirmed::INTEGER AS confirmed, w.month_weight
  FROM listed c LEFT JOIN best b ON b.lead_id = c.lead_id JOIN weight w ON w.county = c.county
)
SELECT * EXCLUDE (month_weight), 1 + month_weight * (months_open - 1) AS month_factor,
  round(severity * family_factor * (1 + month_weight * (months_open - 1)) * precision, 2) AS score
FROM factor
