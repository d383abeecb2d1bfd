-- One row per person with a fact valid at the end of the month. A later row of the same person, kind and since replaces
-- the earlier one.
SELECT person_id,
  bool_or(kind = 'death') AS "facts.death", bool_or(kind = 'fiscal_payroll') AS "facts.fiscal_payroll",
  bool_or(kind = 'pension') AS "facts.pension", bool_or(kind = 'business') AS "facts.business",
  bool_or(kind = 'real_estate' AND NOT relocation_housing) AS "facts.real_estate",
  bool_or(kind = 'real_estate' AND relocation_housing IS NULL) AS "facts.real_estate_unclear",
  bool_or(kind IN ('vehicle', 'deposit', 'housing_fund')) AS "facts.assets"
FROM (
  SELECT * FROM v_facts QUALIFY row_number() OVER (PARTITION BY person_id, kind, since ORDER BY delivered DESC, line DESC) = 1
) WHERE since <= getvariable('month_end') AND (until IS NULL OR until >= getvariable('month_end'))
GROUP BY person_id
