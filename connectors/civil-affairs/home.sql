-- One row per household_id of an assistance row. Income, size and residence are each taken from the first row with a
-- value: the latest status_date, then the smallest person_id.
SELECT household_id,
  arg_min(income_per_capita_year, place) FILTER (income_per_capita_year IS NOT NULL) AS income,
  arg_min(household_size, place) AS size,
  arg_min(residence, place) AS residence,
  bool_or(programme IN ('urban_dibao', 'rural_dibao') AND status = 'active' AND single_person IS DISTINCT FROM true) AS "household.dibao_whole",
  bool_or(status IN ('refused', 'exited') AND status_date BETWEEN getvariable('window_start') AND getvariable('month_end')) AS "household.left_or_refused",
  max(status_date) FILTER (status = 'refused' AND programme IN ('urban_dibao', 'rural_dibao')) AS "household.dibao_refused",
  min(review_date) FILTER (reviewed) AS "household.review_earliest",
  bool_or(reviewed AND review_date IS NULL) AS "household.review_unclear",
  min(grace_start) FILTER (status = 'grace' AND grace_reason = 'state_employment') AS "household.grace_state_employment",
  min(grace_start) FILTER (status = 'grace' AND grace_reason = 'flexible_employment') AS "household.grace_flexible_employment",
  min(grace_start) FILTER (status = 'grace' AND grace_reason = 'other') AS "household.grace_other",
  bool_or(status = 'grace' AND (grace_start IS NULL OR grace_reason IS NULL)) AS "household.grace_unclear"
FROM (
  SELECT *, {'later': DATE '2200-01-01' - status_date, 'person': person_id, 'line': line} AS place,
    status = 'active' AND programme IN ('urban_dibao', 'rural_dibao', 'tekun_concentrated', 'tekun_dispersed') AS reviewed
  FROM v_assistance
) GROUP BY household_id
