-- One row per household_id of a monitored row: income and size from the smallest person_id with a value.
SELECT household_id,
  arg_min(income_per_capita_year, place) FILTER (income_per_capita_year IS NOT NULL) AS income,
  arg_min(household_size, place) AS size
FROM (SELECT *, {'person': person_id, 'line': line} AS place FROM v_monitored) GROUP BY household_id
