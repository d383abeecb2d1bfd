-- One row per patient. A row counts until the day it ended; one that ended by the end of the month does not.
-- No row: not a known patient.
SELECT person_id,
  bool_or(kind = 'chronic') AS "health.chronic",
  bool_or(kind = 'special_treatment') AS "health.special_treatment"
FROM v_patients WHERE ended_on IS NULL OR ended_on > getvariable('month_end')
GROUP BY person_id
