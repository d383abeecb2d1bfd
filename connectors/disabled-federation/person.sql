-- One row per person with a valid certificate. Which grades are severe is a figure of the county in the certificate's
-- row, by category of disability; for a multiple one (7) only the grade matters.
SELECT person_id, true AS "disability.certificate",
  bool_or(CAST(grade AS INTEGER) <= CASE category
    WHEN '1' THEN f."severe-disability-grade|category=visual"
    WHEN '2' THEN f."severe-disability-grade|category=hearing"
    WHEN '3' THEN f."severe-disability-grade|category=speech"
    WHEN '4' THEN f."severe-disability-grade|category=physical"
    WHEN '5' THEN f."severe-disability-grade|category=intellectual"
    WHEN '6' THEN f."severe-disability-grade|category=mental"
    WHEN '7' THEN f."severe-disability-grade|category=multiple" END) AS "disability.severe",
  bool_or(grade IN ('1', '2')) AS "disability.grade_1_2",
  bool_or(grade IN ('1', '2') AND NOT nursing_subsidy) AS "disability.no_nursing_subsidy",
  bool_or(NOT living_subsidy) AS "disability.no_living_subsidy",
  -- Of several certificates the one that holds longest; one without an end has none.
  CASE WHEN NOT bool_or(valid_until IS NULL) THEN max(valid_until) END AS "disability.valid_until"
FROM v_certificates c LEFT JOIN county_parameter f ON f.county = c.county WHERE status = 'valid' GROUP BY person_id
