-- One row per person known to the department. An earner works, or has contributions paid for within 12 months.
SELECT person_id, bool_or(status IN ('employed', 'flexible', 'retired')) AS "employment.working",
  max(months_without_income) FILTER (NOT unemployment_benefit) AS "employment.months_without_income",
  last_day(max(contributions_until)) AS contributions_until,
  coalesce(bool_or(status IN ('employed', 'flexible')), false)
    OR coalesce(last_day(max(contributions_until)) >= getvariable('window_start'), false) AS earner
FROM v_employment GROUP BY person_id
