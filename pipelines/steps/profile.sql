-- profile: facts about a person or a home derived from several extracts (pipelines/fields/), contracts.md section
-- 3. Facts from a single agency are in the relations made by its connector; this file reads them, and
-- joinFieldTables joins their fields. Variables: month_start, month_end, window_start (first day of M-11),
-- year_start.

CREATE OR REPLACE TEMP TABLE members_of_home AS
SELECT r.household_id, any_value(r.household_county) AS county, any_value(r.household_township) AS township,
  CAST(coalesce(sum(b.self_paid), 0) + coalesce(sum(e.out_of_pocket_year), 0) AS DECIMAL(18,2)) AS rigid_expenditure,
  max(s.age) FILTER (d."disability.severe") AS severe_supporter_age,
  bool_or(coalesce(a.some_labour, false) OR coalesce(m.some_labour, false) OR coalesce(w.earner, false)) AS able_member,
  -- People able to look after a child: alive and not severely disabled.
  coalesce(max(date_diff('month', r.birth_month, getvariable('month_start')) // 12)
    FILTER (NOT coalesce(d."disability.severe", false) AND NOT coalesce(f."facts.death", false)), 0) AS oldest_carer,
  bool_or(r.birth_month IS NULL AND NOT coalesce(d."disability.severe", false) AND NOT coalesce(f."facts.death", false)) AS carer_unclear
FROM roster_of_month r
LEFT JOIN civil_affairs_person a ON a.person_id = r.person_id
LEFT JOIN rural_revitalization_person m ON m.person_id = r.person_id
LEFT JOIN medical_insurance_person b ON b.person_id = r.person_id
LEFT JOIN education_person e ON e.person_id = r.person_id
LEFT JOIN disabled_federation_person d ON d.person_id = r.person_id
LEFT JOIN civil_affairs_supporter s ON s.person_id = r.person_id
LEFT JOIN human_resources_person w ON w.person_id = r.person_id
LEFT JOIN cross_check_person f ON f.person_id = r.person_id
WHERE r.household_id IS NOT NULL GROUP BY r.household_id;

-- Facts about few homes go into a small separate table: in the one above they would cost every home.
CREATE OR REPLACE TEMP TABLE without_topup AS
SELECT r.household_id, bool_or(d."disability.severe") AS severe
FROM roster_of_month r JOIN disabled_federation_person d ON d.person_id = r.person_id
JOIN civil_affairs_person a ON a.person_id = r.person_id
WHERE a."person.dibao" AND NOT a."person.topup_paid" GROUP BY r.household_id;

CREATE OR REPLACE TEMP TABLE combined_of_home AS
SELECT *, CAST("household.income" * "household.size" AS DECIMAL(18,2)) AS "household.income_total",
  CAST("household.income" * "household.size" - "household.rigid_expenditure" AS DECIMAL(18,2)) AS "household.income_after_rigid"
FROM (
  SELECT h.household_id, h.county, h.township,
    coalesce(p."household.assisted", false) OR coalesce(o."household.monitored_open", false) AS "household.low_income",
    coalesce(a.income, m.income) AS "household.income",
    coalesce(a.residence, 'rural') AS "household.residence",
    coalesce(a.size, m.size) AS "household.size",
    h.rigid_expenditure AS "household.rigid_expenditure",
    t.household_id IS NOT NULL AS "household.certified_without_topup", coalesce(t.severe, false) AS "household.severe_without_topup",
    CAST(h.severe_supporter_age AS INTEGER) AS "household.severe_supporter_age",
    h.able_member AS "household.able_member",
    CAST(h.oldest_carer AS INTEGER) AS "household.oldest_carer", h.carer_unclear AS "household.carer_unclear"
  FROM members_of_home h
  LEFT JOIN without_topup t ON t.household_id = h.household_id
  LEFT JOIN civil_affairs_membership p ON p.household_id = h.household_id
  LEFT JOIN rural_revitalization_membership o ON o.household_id = h.household_id
  LEFT JOIN civil_affairs_home a ON a.household_id = h.household_id
  LEFT JOIN rural_revitalization_home m ON m.household_id = h.household_id
);

CREATE OR REPLACE TEMP VIEW combined_of_person AS
SELECT r.person_id, r.household_id, r.main_household_id, r.county, r.township, coalesce(r.household_county, r.county) AS parameter_county,
  CAST((date_diff('month', r.birth_month, getvariable('month_start')) // 12) AS INTEGER) AS "person.age",
  r.birth_month AS "person.birth_month",
  coalesce(a.low_income, false) OR coalesce(m.open, false) AS "person.low_income",
  coalesce(a.no_labour, false) OR coalesce(m.no_labour, false) AS "person.no_labour",
  CAST(month(getvariable('month_start')) AS INTEGER) AS "calendar.month",
  CAST(12 - month(getvariable('month_start')) AS INTEGER) AS "calendar.months_left",
  coalesce(h."household.low_income", false) AS "household.low_income", h."household.income", h."household.residence",
  coalesce(h."household.able_member", false) AS "household.able_member",
  h."household.oldest_carer", coalesce(h."household.carer_unclear", true) AS "household.carer_unclear"
FROM roster_of_month r
LEFT JOIN combined_of_home h ON h.household_id = r.household_id
LEFT JOIN civil_affairs_person a ON a.person_id = r.person_id
LEFT JOIN rural_revitalization_person m ON m.person_id = r.person_id;
