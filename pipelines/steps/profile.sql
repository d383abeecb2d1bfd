-- profile: one wide row of named fields per person in a home, and per home. The names are those of
-- warnings/fields.ts; what they mean is contracts.md section 3, clause by clause.
-- Variables: month_start, month_end, window_start (first day of M-11), year_start.
SET VARIABLE programmes = ['urban_dibao', 'rural_dibao', 'tekun_concentrated', 'tekun_dispersed', 'marginal', 'rigid_expenditure',
  'orphan', 'unattended_child', 'temporary_aid'];

CREATE OR REPLACE TEMP TABLE assistance_of_person AS
SELECT person_id,
  bool_or(programme IN ('urban_dibao', 'rural_dibao') AND current) AS dibao,
  bool_or(programme IN ('urban_dibao', 'rural_dibao') AND status = 'active') AS dibao_active,
  bool_or(programme IN ('tekun_concentrated', 'tekun_dispersed') AND current) AS tekun,
  bool_or(programme = 'marginal' AND current) AS marginal,
  bool_or(basic AND current) AS basic_guarantee,
  bool_or(current) AS assisted,
  bool_or(current AND programme <> 'temporary_aid') AS low_income,
  -- One bit for each programme, in the order of the variable.
  bit_or(1 << (list_position(getvariable('programmes'), programme) - 1)) FILTER (current) AS programmes,
  bool_or(coalesce(topup_month, 0) > 0) AS topup_paid,
  max(len(topup_kinds)) FILTER (current) AS topup_kinds,
  count(DISTINCT programme || county) FILTER (basic AND current) AS basic_guarantee_variants,
  coalesce(bool_or(labour_capacity = 'none'), false) AS no_labour,
  coalesce(bool_or(labour_capacity IN ('full', 'partial')), false) AS some_labour,
  coalesce(bool_or(basic AND status = 'exited' AND relocated AND status_date BETWEEN getvariable('window_start') AND getvariable('month_end')), false) AS moved_out
FROM (
  SELECT *, status IN ('active', 'grace') AS current,
    programme IN ('urban_dibao', 'rural_dibao', 'tekun_concentrated', 'tekun_dispersed', 'orphan', 'unattended_child') AS basic
  FROM v_assistance
) GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE monitored_of_person AS
SELECT person_id, bool_or(risk = 'open') AS open,
  bool_or(risk = 'open' AND category = 'unstable') AS unstable, bool_or(risk = 'open' AND category = 'marginal') AS marginal,
  bool_or(risk = 'open' AND category = 'sudden') AS sudden,
  bool_or(risk = 'open' AND list_contains(causes, 'disability')) AS by_disability,
  bool_or(risk = 'open' AND list_contains(causes, 'illness')) AS by_illness,
  min(measures) FILTER (risk = 'open' AND labour_capacity = 'full' AND employment = 'none') AS measures_able_idle,
  min(measures) FILTER (risk = 'open') AS measures,
  coalesce(bool_or(labour_capacity = 'none'), false) AS no_labour,
  coalesce(bool_or(labour_capacity IN ('full', 'partial')), false) AS some_labour
FROM v_monitored GROUP BY person_id;

-- A bill_id counts once, the row delivered last (later month, then later line) wins. Few are delivered twice:
-- only those are sorted out.
CREATE OR REPLACE TEMP TABLE bill AS
WITH twice AS (SELECT hash(bill_id) AS h FROM v_settlements WHERE bill_id IS NOT NULL GROUP BY h HAVING count(*) > 1)
SELECT person_id, settled_on, kind, major_illness, self_paid, delivered FROM v_settlements
WHERE bill_id IS NULL OR hash(bill_id) NOT IN (SELECT h FROM twice)
UNION ALL
SELECT person_id, settled_on, kind, major_illness, self_paid, delivered FROM (
  SELECT * FROM v_settlements WHERE bill_id IS NOT NULL AND hash(bill_id) IN (SELECT h FROM twice)
  QUALIFY row_number() OVER (PARTITION BY bill_id ORDER BY delivered DESC, line DESC) = 1
);

CREATE OR REPLACE TEMP TABLE medical_of_person AS
SELECT person_id,
  CAST(coalesce(sum(self_paid) FILTER (kind = 'inpatient' AND settled_on >= getvariable('year_start')), 0) AS DECIMAL(18,2)) AS inpatient_self_paid_ytd,
  CAST(coalesce(sum(self_paid) FILTER (kind IN ('outpatient', 'chronic') AND delivered = getvariable('delivery')), 0) AS DECIMAL(18,2)) AS outpatient_self_paid_new,
  coalesce(bool_or(major_illness AND delivered = getvariable('delivery')), false) AS major_illness_new,
  coalesce(bool_or(major_illness AND delivered < getvariable('delivery')), false) AS major_illness_earlier,
  bool_or(major_illness) AS major_illness,
  CAST(sum(self_paid) AS DECIMAL(18,2)) AS self_paid
FROM bill WHERE settled_on BETWEEN getvariable('window_start') AND getvariable('month_end')
GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE uninsured_person AS SELECT DISTINCT person_id FROM v_insured WHERE NOT insured;

CREATE OR REPLACE TEMP TABLE disability_of_person AS
SELECT person_id, true AS certificate,
  bool_or(grade IN ('1', '2') OR (grade = '3' AND category IN ('5', '6'))) AS severe,
  bool_or(grade IN ('1', '2')) AS grade_1_2,
  coalesce(bool_or(grade IN ('1', '2') AND NOT nursing_subsidy), false) AS no_nursing_subsidy,
  coalesce(bool_or(NOT living_subsidy), false) AS no_living_subsidy,
  -- Of several certificates the one that holds longest; one without an end has none.
  CASE WHEN NOT bool_or(valid_until IS NULL) THEN max(valid_until) END AS valid_until
FROM v_certificates WHERE status = 'valid' GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE grade_1_2_before AS
SELECT DISTINCT person_id FROM v_certificates_previous WHERE status = 'valid' AND grade IN ('1', '2');

CREATE OR REPLACE TEMP TABLE education_of_person AS
SELECT person_id,
  bool_or(stage IN ('primary', 'junior') AND status IN ('absent', 'dropout')) AS out_of_school,
  CAST(max(out_of_pocket_year - aid_year) FILTER (stage IN ('senior', 'vocational')) AS DECIMAL(18,2)) AS net_cost_year,
  min(aid_year) FILTER (status = 'enrolled') AS aid_year,
  CAST(coalesce(sum(out_of_pocket_year), 0) AS DECIMAL(18,2)) AS out_of_pocket_year,
  coalesce(bool_or(stage = 'university' AND graduation_month BETWEEN getvariable('year_start') AND getvariable('month_end')), false) AS university_graduated,
  last_day(min(graduation_month) FILTER (status = 'enrolled' AND stage IN ('senior', 'vocational', 'university')
    AND graduation_month > getvariable('month_end'))) AS graduation
FROM v_enrolment GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE employment_of_person AS
SELECT person_id, bool_or(status IN ('employed', 'flexible', 'retired')) AS working,
  max(months_without_income) FILTER (NOT unemployment_benefit) AS months_without_income,
  last_day(max(contributions_until)) AS contributions_until,
  coalesce(bool_or(status IN ('employed', 'flexible')), false) OR coalesce(last_day(max(contributions_until)) >= getvariable('window_start'), false) AS earner
FROM v_employment GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE facts_of_person AS
SELECT person_id,
  bool_or(kind = 'death') AS death, bool_or(kind = 'fiscal_payroll') AS fiscal_payroll, bool_or(kind = 'pension') AS pension,
  bool_or(kind = 'business') AS business,
  coalesce(bool_or(kind = 'real_estate' AND NOT relocation_housing), false) AS real_estate,
  bool_or(kind = 'real_estate' AND relocation_housing IS NULL) AS real_estate_unclear,
  bool_or(kind IN ('vehicle', 'deposit', 'housing_fund')) AS assets
FROM (
  SELECT * FROM v_facts QUALIFY row_number() OVER (PARTITION BY person_id, kind, since ORDER BY delivered DESC, line DESC) = 1
) WHERE since <= getvariable('month_end') AND (until IS NULL OR until >= getvariable('month_end'))
GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE affected_person AS
SELECT DISTINCT person_id FROM v_affected WHERE delivered = getvariable('delivery') AND happened_on BETWEEN getvariable('window_start') AND getvariable('month_end');

-- A member who supports another one; the oldest where there are several.
CREATE OR REPLACE TEMP TABLE supporter_of_person AS
SELECT s.supporter_of AS person_id, max((date_diff('month', r.birth_month, getvariable('month_start')) // 12)) AS age
FROM v_members s LEFT JOIN (SELECT DISTINCT person_id, birth_month FROM roster_of_month) r ON r.person_id = s.person_id
WHERE s.supporter_of IS NOT NULL GROUP BY s.supporter_of;

-- What is said of a home: income, size and residence each from the first row that carries a value.
CREATE OR REPLACE TEMP TABLE assistance_of_home AS
SELECT household_id,
  arg_min(income_per_capita_year, place) FILTER (income_per_capita_year IS NOT NULL) AS income,
  arg_min(household_size, place) AS size,
  arg_min(residence, place) AS residence,
  bool_or(programme IN ('urban_dibao', 'rural_dibao') AND status = 'active' AND single_person IS DISTINCT FROM true) AS dibao_whole,
  bool_or(status IN ('refused', 'exited') AND status_date BETWEEN getvariable('window_start') AND getvariable('month_end')) AS left_or_refused,
  min(review_date) FILTER (reviewed) AS review_earliest,
  bool_or(reviewed AND review_date IS NULL) AS review_unclear,
  min(grace_start) FILTER (status = 'grace' AND grace_reason = 'state_employment') AS grace_state_employment,
  min(grace_start) FILTER (status = 'grace' AND grace_reason = 'flexible_employment') AS grace_flexible_employment,
  min(grace_start) FILTER (status = 'grace' AND grace_reason = 'other') AS grace_other,
  bool_or(status = 'grace' AND (grace_start IS NULL OR grace_reason IS NULL)) AS grace_unclear
FROM (
  SELECT *, {'later': DATE '2200-01-01' - status_date, 'person': person_id, 'line': line} AS place,
    status = 'active' AND programme IN ('urban_dibao', 'rural_dibao', 'tekun_concentrated', 'tekun_dispersed') AS reviewed
  FROM v_assistance
) GROUP BY household_id;

CREATE OR REPLACE TEMP TABLE monitored_of_home AS
SELECT household_id,
  arg_min(income_per_capita_year, place) FILTER (income_per_capita_year IS NOT NULL) AS income,
  arg_min(household_size, place) AS size
FROM (SELECT *, {'person': person_id, 'line': line} AS place FROM v_monitored) GROUP BY household_id;

CREATE OR REPLACE TEMP TABLE members_of_home AS
SELECT r.household_id, any_value(r.household_county) AS county, any_value(r.household_township) AS township, count(*) AS members,
  coalesce(bool_or(a.dibao), false) AS dibao, coalesce(bool_or(a.tekun), false) AS tekun, coalesce(bool_or(a.marginal), false) AS marginal,
  coalesce(bool_or(a.basic_guarantee), false) AS basic_guarantee, coalesce(bool_or(a.low_income), false) AS assisted,
  coalesce(bool_or(m.open), false) AS monitored_open,
  coalesce(bit_or(a.programmes), 0) AS programmes,
  CAST(coalesce(sum(b.self_paid), 0) + coalesce(sum(e.out_of_pocket_year), 0) AS DECIMAL(18,2)) AS rigid_expenditure,
  count(d.person_id) AS certified,
  max(s.age) FILTER (d.severe) AS severe_supporter_age,
  bool_or(coalesce(a.some_labour, false) OR coalesce(m.some_labour, false) OR coalesce(w.earner, false)) AS able_member,
  count(*) FILTER (w.earner) AS earners,
  CASE WHEN count(*) FILTER (w.earner) = 1 THEN max(w.contributions_until) FILTER (w.earner) END AS earner_contributions_until,
  -- Who could look after a child: alive and not severely disabled.
  coalesce(max(date_diff('month', r.birth_month, getvariable('month_start')) // 12) FILTER (NOT coalesce(d.severe, false) AND NOT coalesce(f.death, false)), 0) AS oldest_carer,
  bool_or(r.birth_month IS NULL AND NOT coalesce(d.severe, false) AND NOT coalesce(f.death, false)) AS carer_unclear
FROM roster_of_month r
LEFT JOIN assistance_of_person a ON a.person_id = r.person_id
LEFT JOIN monitored_of_person m ON m.person_id = r.person_id
LEFT JOIN medical_of_person b ON b.person_id = r.person_id
LEFT JOIN education_of_person e ON e.person_id = r.person_id
LEFT JOIN disability_of_person d ON d.person_id = r.person_id
LEFT JOIN supporter_of_person s ON s.person_id = r.person_id
LEFT JOIN employment_of_person w ON w.person_id = r.person_id
LEFT JOIN facts_of_person f ON f.person_id = r.person_id
WHERE r.household_id IS NOT NULL GROUP BY r.household_id;

-- What is said of few homes stands in small tables of its own: in the one above it costs every home.
CREATE OR REPLACE TEMP TABLE monitored_as AS
SELECT r.household_id, bool_or(m.unstable) AS unstable, bool_or(m.marginal) AS marginal, bool_or(m.sudden) AS sudden,
  bool_or(m.by_disability) AS by_disability, bool_or(m.by_illness) AS by_illness
FROM roster_of_month r JOIN monitored_of_person m ON m.person_id = r.person_id WHERE m.open GROUP BY r.household_id;

CREATE OR REPLACE TEMP TABLE without_topup AS
SELECT r.household_id, bool_or(d.severe) AS severe
FROM roster_of_month r JOIN disability_of_person d ON d.person_id = r.person_id
JOIN assistance_of_person a ON a.person_id = r.person_id
WHERE a.dibao AND NOT a.topup_paid GROUP BY r.household_id;

CREATE OR REPLACE TEMP TABLE facts_of_home AS
SELECT r.household_id, bool_or(f.fiscal_payroll) AS fiscal_payroll, bool_or(f.pension) AS pension, bool_or(f.business) AS business,
  bool_or(f.real_estate) AS real_estate, bool_or(f.assets) AS assets
FROM roster_of_month r JOIN facts_of_person f ON f.person_id = r.person_id GROUP BY r.household_id;

CREATE OR REPLACE TEMP TABLE dibao_refused AS
SELECT household_id, max(status_date) AS refused_on FROM v_assistance
WHERE status = 'refused' AND programme IN ('urban_dibao', 'rural_dibao') GROUP BY household_id;

CREATE OR REPLACE TEMP TABLE programme_names AS
SELECT programmes, array_to_string(names, ';') AS names, list_contains(names, 'temporary_aid') AS temporary_aid FROM (
  SELECT programmes, list_filter(getvariable('programmes'), lambda name, place: (programmes >> (place - 1)) & 1 = 1) AS names
  FROM (SELECT DISTINCT programmes FROM members_of_home)
);

CREATE OR REPLACE TEMP TABLE household_profile AS
SELECT *, CAST("household.income" * "household.size" AS DECIMAL(18,2)) AS "household.income_total",
  CAST("household.income" * "household.size" - "household.rigid_expenditure" AS DECIMAL(18,2)) AS "household.income_after_rigid"
FROM (
  SELECT h.household_id, h.county, h.township,
    h.assisted OR h.monitored_open AS "household.low_income",
    coalesce(a.income, m.income) AS "household.income",
    coalesce(a.residence, 'rural') AS "household.residence",
    coalesce(a.dibao_whole, false) AS "household.dibao_whole",
    h.dibao AS "household.dibao", h.tekun AS "household.tekun", h.marginal AS "household.marginal",
    h.basic_guarantee AS "household.basic_guarantee", h.assisted AS "household.assisted",
    h.monitored_open AS "household.monitored_open",
    coalesce(o.unstable, false) AS "household.monitored_unstable", coalesce(o.marginal, false) AS "household.monitored_marginal",
    coalesce(o.sudden, false) AS "household.monitored_sudden",
    coalesce(o.by_disability, false) AS "household.monitored_disability", coalesce(o.by_illness, false) AS "household.monitored_illness",
    n.temporary_aid AS "household.temporary_aid", n.names AS "household.programmes",
    d.refused_on AS "household.dibao_refused",
    t.household_id IS NOT NULL AS "household.certified_without_topup", coalesce(t.severe, false) AS "household.severe_without_topup",
    coalesce(f.fiscal_payroll, false) AS "household.fiscal_payroll", coalesce(f.pension, false) AS "household.pension",
    coalesce(f.business, false) AS "household.business", coalesce(f.real_estate, false) AS "household.real_estate",
    coalesce(f.assets, false) AS "household.assets",
    coalesce(a.size, m.size) AS "household.size",
    h.rigid_expenditure AS "household.rigid_expenditure",
    coalesce(a.left_or_refused, false) AS "household.left_or_refused",
    a.review_earliest AS "household.review_earliest",
    a.grace_state_employment AS "household.grace_state_employment",
    a.grace_flexible_employment AS "household.grace_flexible_employment",
    a.grace_other AS "household.grace_other",
    coalesce(a.grace_unclear, false) AS "household.grace_unclear",
    coalesce(a.review_unclear, false) AS "household.review_unclear",
    CAST(h.certified AS INTEGER) AS "household.certified_members",
    CAST(h.severe_supporter_age AS INTEGER) AS "household.severe_supporter_age",
    h.able_member AS "household.able_member",
    CAST(h.earners AS INTEGER) AS "household.earners",
    h.earner_contributions_until AS "household.earner_contributions_until",
    CAST(h.oldest_carer AS INTEGER) AS "household.oldest_carer", h.carer_unclear AS "household.carer_unclear"
  FROM members_of_home h
  LEFT JOIN programme_names n ON n.programmes = h.programmes
  LEFT JOIN monitored_as o ON o.household_id = h.household_id
  LEFT JOIN without_topup t ON t.household_id = h.household_id
  LEFT JOIN facts_of_home f ON f.household_id = h.household_id
  LEFT JOIN dibao_refused d ON d.household_id = h.household_id
  LEFT JOIN assistance_of_home a ON a.household_id = h.household_id
  LEFT JOIN monitored_of_home m ON m.household_id = h.household_id
);

CREATE OR REPLACE TEMP VIEW person_profile AS
SELECT r.person_id, r.household_id, r.main_household_id, r.county, r.township, coalesce(r.household_county, r.county) AS parameter_county,
  CAST((date_diff('month', r.birth_month, getvariable('month_start')) // 12) AS INTEGER) AS "person.age",
  coalesce(a.low_income, false) OR coalesce(m.open, false) AS "person.low_income",
  coalesce(a.dibao, false) AS "person.dibao", coalesce(a.dibao_active, false) AS "person.dibao_active",
  coalesce(a.basic_guarantee, false) AS "person.basic_guarantee", coalesce(a.assisted, false) AS "person.assisted",
  coalesce(a.topup_paid, false) AS "person.topup_paid", CAST(coalesce(a.topup_kinds, 0) AS INTEGER) AS "person.topup_kinds",
  CAST(coalesce(a.basic_guarantee_variants, 0) AS INTEGER) AS "person.basic_guarantee_variants",
  m.measures_able_idle AS "monitored.measures_able_idle", m.measures AS "monitored.measures",
  r.birth_month AS "person.birth_month", coalesce(a.tekun, false) AS "person.tekun",
  coalesce(a.no_labour, false) OR coalesce(m.no_labour, false) AS "person.no_labour",
  coalesce(a.moved_out, false) AS "person.moved_out", s.person_id IS NOT NULL AS "person.supporter_named",
  CAST(month(getvariable('month_start')) AS INTEGER) AS "calendar.month",
  CAST(12 - month(getvariable('month_start')) AS INTEGER) AS "calendar.months_left",
  coalesce(b.inpatient_self_paid_ytd, 0) AS "medical.inpatient_self_paid_ytd",
  coalesce(b.outpatient_self_paid_new, 0) AS "medical.outpatient_self_paid_new",
  coalesce(b.major_illness_new, false) AS "medical.major_illness_new",
  coalesce(b.major_illness_earlier, false) AS "medical.major_illness_earlier",
  coalesce(b.major_illness, false) AS "medical.major_illness",
  u.person_id IS NOT NULL AS "medical.uninsured",
  coalesce(d.certificate, false) AS "disability.certificate", coalesce(d.severe, false) AS "disability.severe",
  coalesce(d.grade_1_2, false) AS "disability.grade_1_2", g.person_id IS NOT NULL AS "disability.grade_1_2_before",
  coalesce(d.no_nursing_subsidy, false) AS "disability.no_nursing_subsidy",
  coalesce(d.no_living_subsidy, false) AS "disability.no_living_subsidy",
  e.person_id IS NOT NULL AS "education.on_roll", coalesce(e.out_of_school, false) AS "education.out_of_school",
  coalesce(e.university_graduated, false) AS "education.university_graduated", e.graduation AS "education.graduation",
  d.valid_until AS "disability.valid_until",
  e.net_cost_year AS "education.net_cost_year", e.aid_year AS "education.aid_year",
  coalesce(w.working, false) AS "employment.working", w.months_without_income AS "employment.months_without_income",
  t.person_id IS NOT NULL AS "disaster.affected_new",
  coalesce(f.death, false) AS "facts.death", coalesce(f.fiscal_payroll, false) AS "facts.fiscal_payroll",
  coalesce(f.pension, false) AS "facts.pension", coalesce(f.business, false) AS "facts.business",
  coalesce(f.real_estate, false) AS "facts.real_estate", coalesce(f.assets, false) AS "facts.assets",
  coalesce(h."household.low_income", false) AS "household.low_income", h."household.income", h."household.residence",
  coalesce(h."household.dibao_whole", false) AS "household.dibao_whole", coalesce(h."household.dibao", false) AS "household.dibao",
  coalesce(h."household.able_member", false) AS "household.able_member",
  h."household.oldest_carer", coalesce(h."household.carer_unclear", true) AS "household.carer_unclear",
  coalesce(f.real_estate_unclear, false) AS "facts.real_estate_unclear"
FROM roster_of_month r
LEFT JOIN household_profile h ON h.household_id = r.household_id
LEFT JOIN assistance_of_person a ON a.person_id = r.person_id
LEFT JOIN monitored_of_person m ON m.person_id = r.person_id
LEFT JOIN medical_of_person b ON b.person_id = r.person_id
LEFT JOIN uninsured_person u ON u.person_id = r.person_id
LEFT JOIN disability_of_person d ON d.person_id = r.person_id
LEFT JOIN grade_1_2_before g ON g.person_id = r.person_id
LEFT JOIN education_of_person e ON e.person_id = r.person_id
LEFT JOIN employment_of_person w ON w.person_id = r.person_id
LEFT JOIN affected_person t ON t.person_id = r.person_id
LEFT JOIN facts_of_person f ON f.person_id = r.person_id
LEFT JOIN supporter_of_person s ON s.person_id = r.person_id;
