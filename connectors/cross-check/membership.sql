-- One row per home with a member who has a valid fact.
SELECT r.household_id, bool_or(f."facts.fiscal_payroll") AS "household.fiscal_payroll",
  bool_or(f."facts.pension") AS "household.pension", bool_or(f."facts.business") AS "household.business",
  bool_or(f."facts.real_estate") AS "household.real_estate", bool_or(f."facts.assets") AS "household.assets"
FROM roster_of_month r JOIN cross_check_person f ON f.person_id = r.person_id
WHERE r.household_id IS NOT NULL GROUP BY r.household_id
