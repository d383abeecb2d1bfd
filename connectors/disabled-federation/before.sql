-- One row per person who held a valid certificate of grade 1 or 2 in the previous month's extract.
SELECT DISTINCT person_id, true AS "disability.grade_1_2_before"
FROM v_certificates_previous WHERE status = 'valid' AND grade IN ('1', '2')
