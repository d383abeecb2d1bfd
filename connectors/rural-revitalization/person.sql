-- One row per person of a monitored row. `open`: the row's risk is not eliminated.
SELECT person_id, bool_or(risk = 'open') AS open,
  min(measures) FILTER (risk = 'open' AND labour_capacity = 'full' AND employment = 'none') AS "monitored.measures_able_idle",
  min(measures) FILTER (risk = 'open') AS "monitored.measures",
  coalesce(bool_or(labour_capacity = 'none'), false) AS no_labour,
  coalesce(bool_or(labour_capacity IN ('full', 'partial')), false) AS some_labour
FROM v_monitored GROUP BY person_id
