-- One row per person of an assistance row. Dibao, tekun, marginal and the basic guarantee are programmes with status active or
-- grace; low_income is any of them except temporary aid (contracts.md section 3).
SELECT person_id,
  bool_or(programme IN ('urban_dibao', 'rural_dibao') AND current) AS "person.dibao",
  bool_or(programme IN ('urban_dibao', 'rural_dibao') AND status = 'active') AS "person.dibao_active",
  bool_or(programme IN ('tekun_concentrated', 'tekun_dispersed') AND current) AS "person.tekun",
  bool_or(basic AND current) AS "person.basic_guarantee",
  bool_or(current) AS "person.assisted",
  bool_or(current AND programme <> 'temporary_aid') AS low_income,
  bool_or(coalesce(topup_month, 0) > 0) AS "person.topup_paid",
  max(len(topup_kinds)) FILTER (current) AS "person.topup_kinds",
  count(DISTINCT programme || county) FILTER (basic AND current) AS "person.basic_guarantee_variants",
  coalesce(bool_or(labour_capacity = 'none'), false) AS no_labour,
  coalesce(bool_or(labour_capacity IN ('full', 'partial')), false) AS some_labour,
  bool_or(basic AND status = 'exited' AND relocated
    AND status_date BETWEEN getvariable('window_start') AND getvariable('month_end')) AS "person.moved_out"
FROM (
  SELECT *, status IN ('active', 'grace') AS current,
    programme IN ('urban_dibao', 'rural_dibao', 'tekun_concentrated', 'tekun_dispersed', 'orphan', 'unattended_child') AS basic
  FROM v_assistance
) GROUP BY person_id
