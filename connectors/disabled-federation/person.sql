-- One row per person with a valid certificate.
SELECT person_id, true AS "disability.certificate",
  bool_or(grade IN ('1', '2') OR (grade = '3' AND category IN ('5', '6'))) AS "disability.severe",
  bool_or(grade IN ('1', '2')) AS "disability.grade_1_2",
  bool_or(grade IN ('1', '2') AND NOT nursing_subsidy) AS "disability.no_nursing_subsidy",
  bool_or(NOT living_subsidy) AS "disability.no_living_subsidy",
  -- Of several certificates the one that holds longest; one without an end has none.
  CASE WHEN NOT bool_or(valid_until IS NULL) THEN max(valid_until) END AS "disability.valid_until"
FROM v_certificates WHERE status = 'valid' GROUP BY person_id
