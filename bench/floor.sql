-- One month, by hand: read the eleven extracts, keep them, count every rule of contracts.md section 3 and every one of
-- docs/catalogue.md that opens leads.
-- No checks, no quarantine, no versions, no journal, no evidence, no leads: the minimum that the product could cost.
-- floor.ts fills in :inbox, :month, :previous, :rural, :urban, :pcdi and :line, one process per month on one file.

SET preserve_insertion_order = true; -- the later of two lines wins
SET VARIABLE month_start = DATE ':month-01';
SET VARIABLE month_end = last_day(DATE ':month-01');
SET VARIABLE window_start = (DATE ':month-01' - INTERVAL 11 MONTH)::DATE;
SET VARIABLE year_start = date_trunc('year', DATE ':month-01')::DATE;

CREATE TABLE IF NOT EXISTS assistance (month VARCHAR, person_id UUID, household_id UUID, county VARCHAR, township VARCHAR,
  village VARCHAR, residence VARCHAR, programme VARCHAR, status VARCHAR, status_date DATE, household_size INTEGER,
  income_per_capita_year DECIMAL(14,2), labour_capacity VARCHAR, self_care VARCHAR, single_person BOOLEAN, amount_month DECIMAL(14,2),
  topup_month DECIMAL(14,2), topup_kinds VARCHAR, review_date DATE, grace_reason VARCHAR, grace_start DATE, relocated BOOLEAN);
CREATE TABLE IF NOT EXISTS members (month VARCHAR, person_id UUID, household_id UUID, county VARCHAR, relation VARCHAR, sex VARCHAR,
  birth_month VARCHAR, supporter_of UUID, supporter_income_per_capita_year DECIMAL(14,2));
CREATE TABLE IF NOT EXISTS monitored (month VARCHAR, person_id UUID, household_id UUID, county VARCHAR, township VARCHAR, village VARCHAR,
  category VARCHAR, risk VARCHAR, causes VARCHAR, identified_month VARCHAR, eliminated_month VARCHAR,
  income_per_capita_year DECIMAL(14,2), rigid_expenditure_year DECIMAL(14,2), labour_capacity VARCHAR, employment VARCHAR,
  measures INTEGER, relocated BOOLEAN, household_size INTEGER, birth_month VARCHAR);
CREATE TABLE IF NOT EXISTS enrolment (month VARCHAR, person_id UUID, county VARCHAR, stage VARCHAR, status VARCHAR,
  aid_year DECIMAL(14,2), out_of_pocket_year DECIMAL(14,2), graduation_month VARCHAR);
CREATE TABLE IF NOT EXISTS settlements (month VARCHAR, bill_id VARCHAR, person_id UUID, county VARCHAR, settled_on DATE, kind VARCHAR,
  disease_code VARCHAR, major_illness BOOLEAN, total DECIMAL(14,2), insurance_paid DECIMAL(14,2), serious_illness_paid DECIMAL(14,2),
  medical_aid_paid DECIMAL(14,2), self_paid DECIMAL(14,2));
CREATE TABLE IF NOT EXISTS insured (month VARCHAR, person_id UUID, county VARCHAR, insured BOOLEAN, subsidised BOOLEAN);
CREATE TABLE IF NOT EXISTS certificates (month VARCHAR, person_id UUID, county VARCHAR, category VARCHAR, grade VARCHAR, status VARCHAR,
  issued DATE, valid_until DATE, living_subsidy BOOLEAN, nursing_subsidy BOOLEAN);
CREATE TABLE IF NOT EXISTS employment (month VARCHAR, person_id UUID, county VARCHAR, status VARCHAR, months_without_income INTEGER,
  unemployment_benefit BOOLEAN, contributions_until VARCHAR);
CREATE TABLE IF NOT EXISTS facts (month VARCHAR, person_id UUID, county VARCHAR, kind VARCHAR, since DATE, until DATE,
  amount DECIMAL(14,2), relocation_housing BOOLEAN);
CREATE TABLE IF NOT EXISTS affected (month VARCHAR, person_id UUID, county VARCHAR, event VARCHAR, happened_on DATE);
CREATE TABLE IF NOT EXISTS reports (month_of_file VARCHAR, village VARCHAR, county VARCHAR, month VARCHAR, reported_on DATE, zero BOOLEAN,
  person_id UUID, household_id UUID, kind VARCHAR);
CREATE TABLE IF NOT EXISTS warning (month VARCHAR, rule VARCHAR, person_id UUID, household_id UUID);

-- Read. The types are given, so nothing is sniffed and every text is cast once. No transaction: one around all of it
-- costs a second per month and more.

INSERT INTO assistance SELECT ':month', * FROM read_csv(':inbox/civil-affairs/assistance/:month.csv',
  auto_detect = false, header = true, columns = {
  person_id: 'UUID', household_id: 'UUID', county: 'VARCHAR', township: 'VARCHAR', village: 'VARCHAR', residence: 'VARCHAR',
  programme: 'VARCHAR', status: 'VARCHAR', status_date: 'DATE', household_size: 'INTEGER', income_per_capita_year: 'DECIMAL(14,2)',
  labour_capacity: 'VARCHAR', self_care: 'VARCHAR', single_person: 'BOOLEAN', amount_month: 'DECIMAL(14,2)',
  topup_month: 'DECIMAL(14,2)', topup_kinds: 'VARCHAR', review_date: 'DATE', grace_reason: 'VARCHAR', grace_start: 'DATE',
  relocated: 'BOOLEAN'});
INSERT INTO members SELECT ':month', * FROM read_csv(':inbox/civil-affairs/members/:month.csv',
  auto_detect = false, header = true, columns = {
  person_id: 'UUID', household_id: 'UUID', county: 'VARCHAR', relation: 'VARCHAR', sex: 'VARCHAR', birth_month: 'VARCHAR',
  supporter_of: 'UUID', supporter_income_per_capita_year: 'DECIMAL(14,2)'});
INSERT INTO monitored SELECT ':month', * FROM read_csv(':inbox/rural-revitalization/monitored/:month.csv',
  auto_detect = false, header = true, columns = {
  person_id: 'UUID', household_id: 'UUID', county: 'VARCHAR', township: 'VARCHAR', village: 'VARCHAR', category: 'VARCHAR',
  risk: 'VARCHAR', causes: 'VARCHAR', identified_month: 'VARCHAR', eliminated_month: 'VARCHAR',
  income_per_capita_year: 'DECIMAL(14,2)', rigid_expenditure_year: 'DECIMAL(14,2)', labour_capacity: 'VARCHAR',
  employment: 'VARCHAR', measures: 'INTEGER', relocated: 'BOOLEAN', household_size: 'INTEGER', birth_month: 'VARCHAR'});
INSERT INTO enrolment SELECT ':month', * FROM read_csv(':inbox/education/enrolment/:month.csv',
  auto_detect = false, header = true, columns = {
  person_id: 'UUID', county: 'VARCHAR', stage: 'VARCHAR', status: 'VARCHAR', aid_year: 'DECIMAL(14,2)',
  out_of_pocket_year: 'DECIMAL(14,2)', graduation_month: 'VARCHAR'});
CREATE TEMP TABLE bills AS SELECT *, row_number() OVER () AS line FROM read_csv(':inbox/medical-insurance/settlements/:month.csv',
  auto_detect = false, header = true, columns = {
  bill_id: 'VARCHAR', person_id: 'UUID', county: 'VARCHAR', settled_on: 'DATE', kind: 'VARCHAR', disease_code: 'VARCHAR',
  major_illness: 'BOOLEAN', total: 'DECIMAL(14,2)', insurance_paid: 'DECIMAL(14,2)', serious_illness_paid: 'DECIMAL(14,2)',
  medical_aid_paid: 'DECIMAL(14,2)', self_paid: 'DECIMAL(14,2)'});
INSERT INTO insured SELECT ':month', * FROM read_csv(':inbox/medical-insurance/insured/:month.csv',
  auto_detect = false, header = true, columns = {person_id: 'UUID', county: 'VARCHAR', insured: 'BOOLEAN', subsidised: 'BOOLEAN'});
INSERT INTO certificates SELECT ':month', * FROM read_csv(':inbox/disabled-federation/certificates/:month.csv',
  auto_detect = false, header = true, columns = {
  person_id: 'UUID', county: 'VARCHAR', category: 'VARCHAR', grade: 'VARCHAR', status: 'VARCHAR', issued: 'DATE',
  valid_until: 'DATE', living_subsidy: 'BOOLEAN', nursing_subsidy: 'BOOLEAN'});
INSERT INTO employment SELECT ':month', * FROM read_csv(':inbox/human-resources/employment/:month.csv',
  auto_detect = false, header = true, columns = {
  person_id: 'UUID', county: 'VARCHAR', status: 'VARCHAR', months_without_income: 'INTEGER', unemployment_benefit: 'BOOLEAN',
  contributions_until: 'VARCHAR'});
CREATE TEMP TABLE findings AS SELECT *, row_number() OVER () AS line FROM read_csv(':inbox/cross-check/facts/:month.csv',
  auto_detect = false, header = true, columns = {
  person_id: 'UUID', county: 'VARCHAR', kind: 'VARCHAR', since: 'DATE', until: 'DATE', amount: 'DECIMAL(14,2)',
  relocation_housing: 'BOOLEAN'});
INSERT INTO affected SELECT ':month', * FROM read_csv(':inbox/emergency/affected/:month.csv',
  auto_detect = false, header = true, columns = {person_id: 'UUID', county: 'VARCHAR', event: 'VARCHAR', happened_on: 'DATE'});
INSERT INTO reports SELECT ':month', * FROM read_csv(':inbox/villages/reports/:month.csv',
  auto_detect = false, header = true, columns = {
  village: 'VARCHAR', county: 'VARCHAR', month: 'VARCHAR', reported_on: 'DATE', zero: 'BOOLEAN', person_id: 'UUID',
  household_id: 'UUID', kind: 'VARCHAR'});

-- A bill or fact delivered again replaces the earlier one, in another file or in this one.
DELETE FROM settlements WHERE bill_id IN (SELECT bill_id FROM bills);
INSERT INTO settlements SELECT ':month', * EXCLUDE (line) FROM bills
QUALIFY row_number() OVER (PARTITION BY bill_id ORDER BY line DESC) = 1;
DELETE FROM facts USING findings f
WHERE facts.person_id = f.person_id AND facts.kind = f.kind AND facts.since = f.since;
INSERT INTO facts SELECT ':month', * EXCLUDE (line) FROM findings
QUALIFY row_number() OVER (PARTITION BY person_id, kind, since ORDER BY line DESC) = 1;

-- rules: section 3 for persons and households, only for those named by one of its sources

CREATE TEMP TABLE helped AS
SELECT person_id,
  bool_or(programme LIKE '%dibao' AND held) AS dibao,
  bool_or(programme LIKE '%dibao' AND status = 'active') AS dibao_active,
  bool_or(programme LIKE 'tekun%' AND held) AS tekun,
  bool_or(programme = 'marginal' AND held) AS marginal,
  bool_or(basic AND held) AS basic,
  bool_or(held) AS assisted,
  bool_or(held AND programme <> 'temporary_aid') AS low_income,
  coalesce(bool_or(topup_month > 0), false) AS topup,
  coalesce(bool_or(held AND contains(topup_kinds, ';')), false) AS two_kinds,
  count(DISTINCT programme || county) FILTER (basic AND held) AS basics
FROM (SELECT *, status IN ('active', 'grace') AS held, programme IN
    ('urban_dibao', 'rural_dibao', 'tekun_concentrated', 'tekun_dispersed', 'orphan', 'unattended_child') AS basic
  FROM assistance WHERE month = ':month')
GROUP BY person_id;

CREATE TEMP TABLE open_risk AS
SELECT DISTINCT person_id FROM monitored WHERE month = ':month' AND risk = 'open';

CREATE TEMP TABLE low_income AS
SELECT person_id FROM helped WHERE low_income UNION SELECT person_id FROM open_risk;

-- Who lives where. Civil affairs' newest household comes first.
CREATE TEMP TABLE lives_in AS
SELECT person_id, household_id, min(place) AS place FROM (
  SELECT person_id, household_id, DATE '2200-01-01' - status_date AS place FROM assistance WHERE month = ':month'
  UNION ALL SELECT person_id, household_id, 1000000 FROM members WHERE month = ':month'
  UNION ALL SELECT person_id, household_id, 2000000 FROM monitored WHERE month = ':month')
GROUP BY ALL;

CREATE TEMP TABLE main_home AS
SELECT person_id, arg_min(household_id, place) AS household_id FROM lives_in GROUP BY person_id;

CREATE TEMP TABLE age AS
SELECT person_id, date_diff('month', (birth || '-01')::DATE, getvariable('month_start')) // 12 AS age FROM (
  SELECT person_id, arg_min(birth_month, source) AS birth FROM (
    SELECT person_id, birth_month, 1 AS source FROM members WHERE month = ':month' AND birth_month IS NOT NULL
    UNION ALL SELECT person_id, birth_month, 2 FROM monitored WHERE month = ':month' AND birth_month IS NOT NULL)
  GROUP BY person_id);

CREATE TEMP TABLE medical AS
SELECT person_id, sum(self_paid) AS self_paid,
  sum(self_paid) FILTER (kind = 'inpatient' AND settled_on >= getvariable('year_start')) AS inpatient,
  sum(self_paid) FILTER (kind <> 'inpatient' AND month = ':month') AS outpatient_new,
  bool_or(major_illness) AS major,
  bool_or(major_illness AND month = ':month') AS major_new,
  bool_or(major_illness AND month < ':month') AS major_before
FROM settlements WHERE settled_on BETWEEN getvariable('window_start') AND getvariable('month_end')
GROUP BY person_id;

CREATE TEMP TABLE disabled AS
SELECT person_id, bool_or(grade <= '2' OR (grade = '3' AND category IN ('5', '6'))) AS severe, bool_or(grade <= '2') AS grade_1_2,
  coalesce(bool_or(grade <= '2' AND NOT nursing_subsidy), false) AS no_nursing, coalesce(bool_or(NOT living_subsidy), false) AS no_living
FROM certificates WHERE month = ':month' AND status = 'valid' GROUP BY person_id;

CREATE TEMP TABLE fact AS
SELECT DISTINCT person_id, kind, relocation_housing FROM facts
WHERE since <= getvariable('month_end') AND (until IS NULL OR until >= getvariable('month_end'));

CREATE TEMP TABLE labour AS
SELECT person_id, bool_or(capacity = 'none') AS none, bool_or(capacity IN ('full', 'partial')) AS able FROM (
  SELECT person_id, labour_capacity AS capacity FROM assistance WHERE month = ':month'
  UNION ALL SELECT person_id, labour_capacity FROM monitored WHERE month = ':month')
GROUP BY person_id;

CREATE TEMP TABLE earner AS
SELECT person_id, last_day((max(contributions_until) || '-01')::DATE) AS paid_until FROM employment WHERE month = ':month' GROUP BY person_id
HAVING bool_or(status IN ('employed', 'flexible')) OR paid_until >= getvariable('window_start');

CREATE TEMP TABLE supporter AS
SELECT m.supporter_of AS person_id, max(a.age) AS age FROM members m LEFT JOIN age a USING (person_id)
WHERE m.month = ':month' AND m.supporter_of IS NOT NULL GROUP BY m.supporter_of;

CREATE TEMP TABLE household AS
WITH said AS (
  SELECT household_id, {d: DATE '2200-01-01' - status_date, p: person_id} AS place, income_per_capita_year AS income, household_size AS size, residence
  FROM assistance WHERE month = ':month'
), civil AS (
  SELECT household_id, arg_min(income, place) AS income, arg_min(size, place) AS size, arg_min(residence, place) AS residence
  FROM said GROUP BY household_id
), rural AS (
  SELECT household_id, arg_min(income_per_capita_year, person_id) AS income, arg_min(household_size, person_id) AS size
  FROM monitored WHERE month = ':month' GROUP BY household_id
), spent AS (
  SELECT person_id, sum(paid) AS paid FROM (
    SELECT person_id, self_paid AS paid FROM medical
    UNION ALL SELECT person_id, out_of_pocket_year FROM enrolment WHERE month = ':month' AND out_of_pocket_year IS NOT NULL)
  GROUP BY person_id
), home AS (
  SELECT l.household_id, coalesce(bool_or(h.dibao), false) AS dibao, coalesce(bool_or(h.dibao OR h.tekun), false) AS dibao_tekun, coalesce(bool_or(h.marginal), false) AS marginal,
    coalesce(bool_or(h.basic), false) AS basic, coalesce(bool_or(h.low_income), false) AS assisted,
    bool_or(o.person_id IS NOT NULL) AS monitored, coalesce(sum(s.paid), 0) AS rigid,
    count(d.person_id) AS certified, max(u.age) FILTER (d.severe) AS severe_supporter_age,
    count(e.person_id) AS earners, max(e.paid_until) AS paid_until, coalesce(bool_or(w.able), false) OR earners > 0 AS able,
    -- The dead and the severely disabled are no carers; others may be, even with unknown age.
    coalesce(bool_and(d.severe IS true OR f.person_id IS NOT NULL OR a.age < 18 IS true), true) AS no_carer
  FROM lives_in l LEFT JOIN helped h USING (person_id) LEFT JOIN open_risk o USING (person_id) LEFT JOIN spent s USING (person_id)
    LEFT JOIN disabled d USING (person_id) LEFT JOIN supporter u USING (person_id) LEFT JOIN earner e USING (person_id)
    LEFT JOIN labour w USING (person_id) LEFT JOIN age a USING (person_id)
    LEFT JOIN (SELECT DISTINCT person_id FROM fact WHERE kind = 'death') f USING (person_id)
  GROUP BY l.household_id
)
SELECT h.*, coalesce(c.income, r.income) AS income, coalesce(c.size, r.size) AS size, c.residence IS DISTINCT FROM 'urban' AS rural,
  CASE WHEN c.residence = 'urban' THEN :urban ELSE :rural END AS standard
FROM home h LEFT JOIN civil c USING (household_id) LEFT JOIN rural r USING (household_id);

CREATE TEMP TABLE hit (rule VARCHAR, person_id UUID);

INSERT INTO hit
SELECT 'ILL-01', person_id FROM medical WHERE inpatient >= 20000 OR (inpatient >= 5000 AND person_id IN (
  SELECT person_id FROM low_income
  UNION ALL SELECT l.person_id FROM lives_in l JOIN household h USING (household_id) WHERE h.assisted OR h.monitored))
UNION ALL
SELECT 'ILL-02', person_id FROM medical WHERE outpatient_new >= 500 AND person_id IN (FROM low_income)
UNION ALL
SELECT 'ILL-03', person_id FROM medical WHERE major_new AND NOT coalesce(major_before, false)
UNION ALL
SELECT DISTINCT 'ILL-04', m.person_id FROM medical m JOIN lives_in l USING (person_id) JOIN household h USING (household_id)
WHERE m.major AND h.income >= h.standard AND h.income < 1.5 * h.standard
  AND m.person_id NOT IN (SELECT person_id FROM helped WHERE basic)
UNION ALL
SELECT DISTINCT 'ILL-05', person_id FROM insured WHERE month = ':month' AND NOT insured AND person_id IN (FROM low_income)
UNION ALL
SELECT 'DIS-01', d.person_id FROM disabled d JOIN age a USING (person_id) LEFT JOIN helped h USING (person_id)
WHERE d.severe AND a.age >= 18 AND NOT coalesce(h.basic, false) AND d.person_id NOT IN (
  SELECT person_id FROM employment WHERE month = ':month' AND status IN ('employed', 'flexible', 'retired'))
UNION ALL
SELECT 'DIS-02', person_id FROM disabled JOIN helped h USING (person_id) WHERE h.dibao AND NOT h.topup
UNION ALL
-- Without the previous month there is nothing to compare with.
SELECT 'DIS-03', person_id FROM disabled WHERE grade_1_2
  AND EXISTS (FROM certificates WHERE month = ':previous')
  AND person_id NOT IN (SELECT person_id FROM certificates WHERE month = ':previous' AND status = 'valid' AND grade <= '2')
UNION ALL
SELECT 'DIS-05', person_id FROM disabled WHERE no_nursing OR (no_living AND person_id IN (FROM low_income))
UNION ALL
SELECT 'DIS-06', person_id FROM helped WHERE two_kinds
UNION ALL
SELECT DISTINCT 'EDU-01', a.person_id FROM age a JOIN lives_in l USING (person_id) JOIN household h USING (household_id)
WHERE a.age BETWEEN 6 AND 15 AND (h.assisted OR h.monitored)
  AND a.person_id NOT IN (SELECT person_id FROM enrolment WHERE month = ':month')
UNION ALL
SELECT DISTINCT 'EDU-02', person_id FROM enrolment
WHERE month = ':month' AND stage IN ('primary', 'junior') AND status IN ('absent', 'dropout')
UNION ALL
SELECT DISTINCT 'EDU-03', person_id FROM enrolment
WHERE month = ':month' AND stage IN ('senior', 'vocational') AND out_of_pocket_year - aid_year > 10000
UNION ALL
SELECT DISTINCT 'EDU-04', person_id FROM enrolment
WHERE month = ':month' AND status = 'enrolled' AND aid_year = 0 AND person_id IN (FROM low_income)
UNION ALL
SELECT DISTINCT 'EMP-01', e.person_id FROM employment e JOIN age a USING (person_id)
WHERE e.month = ':month' AND e.months_without_income >= 3 AND NOT e.unemployment_benefit AND a.age BETWEEN 18 AND 59
  AND e.person_id NOT IN (SELECT person_id FROM helped WHERE dibao)
UNION ALL
SELECT DISTINCT 'EMP-03', person_id FROM monitored
WHERE month = ':month' AND risk = 'open' AND labour_capacity = 'full' AND employment = 'none' AND measures = 0
UNION ALL
SELECT DISTINCT 'DSR-01', person_id FROM affected
WHERE month = ':month' AND happened_on BETWEEN getvariable('window_start') AND getvariable('month_end')
UNION ALL
SELECT DISTINCT 'FAM-01', l.person_id FROM lives_in l JOIN assistance a USING (household_id)
WHERE a.month = ':month' AND a.programme LIKE '%dibao' AND a.status = 'active' AND a.single_person IS DISTINCT FROM true
  AND l.person_id NOT IN (SELECT person_id FROM helped WHERE basic)
UNION ALL
SELECT DISTINCT 'X-DTH', person_id FROM fact JOIN helped h USING (person_id) WHERE kind = 'death' AND h.assisted
UNION ALL
SELECT DISTINCT CASE kind WHEN 'fiscal_payroll' THEN 'X-FIN' WHEN 'pension' THEN 'X-PEN' WHEN 'business' THEN 'X-BIZ'
  WHEN 'real_estate' THEN 'X-HSE' ELSE 'X-AST' END, person_id
FROM fact JOIN helped h USING (person_id)
WHERE h.dibao_active AND kind <> 'death' AND (kind <> 'real_estate' OR NOT relocation_housing)
UNION ALL
SELECT 'X-DUP', person_id FROM helped WHERE basics > 1
UNION ALL
SELECT DISTINCT 'EDU-05', e.person_id FROM enrolment e JOIN lives_in l USING (person_id) JOIN household h USING (household_id)
WHERE e.month = ':month' AND e.stage = 'university' AND e.graduation_month BETWEEN ':month'[:4] || '-01' AND ':month' AND h.dibao
UNION ALL
SELECT DISTINCT 'FAM-03', w.person_id FROM labour w JOIN age a USING (person_id) JOIN lives_in l USING (person_id) JOIN household h USING (household_id)
WHERE w.none AND a.age >= 18 AND NOT h.able AND h.income < h.standard
  AND w.person_id NOT IN (SELECT person_id FROM supporter) AND w.person_id NOT IN (SELECT person_id FROM helped WHERE tekun)
UNION ALL
SELECT DISTINCT 'FAM-04', a.person_id FROM age a JOIN lives_in l USING (person_id) JOIN household h USING (household_id)
WHERE a.age < 18 AND h.no_carer AND a.person_id NOT IN (SELECT person_id FROM helped WHERE basic)
UNION ALL
SELECT DISTINCT 'MOV-01', a.person_id FROM assistance a JOIN helped h USING (person_id)
WHERE a.month = ':month' AND a.status = 'exited' AND a.relocated AND NOT h.basic
  AND (a.programme LIKE '%dibao' OR a.programme LIKE 'tekun%' OR a.programme IN ('orphan', 'unattended_child'))
  AND a.status_date BETWEEN getvariable('window_start') AND getvariable('month_end')
UNION ALL
SELECT 'LST-02', m.person_id FROM monitored m JOIN helped h USING (person_id)
WHERE m.month = ':month' AND m.risk = 'open' AND (h.dibao OR h.tekun) GROUP BY m.person_id HAVING min(m.measures) = 0;

CREATE TEMP TABLE home_hit (rule VARCHAR, household_id UUID);

INSERT INTO home_hit
SELECT 'EXP-01', household_id FROM household
WHERE rigid > 0.6 * income * size AND income < :pcdi AND NOT dibao_tekun AND NOT marginal
UNION ALL
SELECT 'EXP-02', household_id FROM household
WHERE income * size - rigid < standard * size AND rigid > 0 AND NOT dibao_tekun
UNION ALL
SELECT 'INC-01', household_id FROM household WHERE monitored AND income <= standard AND NOT dibao_tekun
UNION ALL
SELECT 'INC-02', household_id FROM household WHERE income > standard AND income < 1.5 * standard AND NOT assisted
UNION ALL
-- Guizhou's direct recognition runs to the end of 2025.
SELECT 'MAR-01', household_id FROM household
WHERE monitored AND NOT basic AND NOT marginal AND getvariable('month_end') <= DATE '2025-12-31'
UNION ALL
SELECT DISTINCT 'X-GRC', household_id FROM assistance
WHERE month = ':month' AND status = 'grace'
  AND grace_start + CASE grace_reason WHEN 'state_employment' THEN INTERVAL 3 MONTH WHEN 'flexible_employment' THEN INTERVAL 6 MONTH
    WHEN 'other' THEN INTERVAL 6 MONTH END <= getvariable('month_end') + INTERVAL 30 DAY
UNION ALL
SELECT DISTINCT 'X-REV', household_id FROM assistance
WHERE month = ':month' AND status = 'active' AND (programme LIKE '%dibao' OR programme LIKE 'tekun%')
  AND review_date + INTERVAL 12 MONTH < getvariable('month_end')
UNION ALL
SELECT 'DIS-04', household_id FROM household WHERE (certified >= 2 OR severe_supporter_age >= 60) AND NOT dibao_tekun AND NOT marginal
UNION ALL
SELECT 'EMP-02', household_id FROM household
WHERE earners = 1 AND paid_until + INTERVAL 3 MONTH <= getvariable('month_end') AND NOT dibao_tekun
UNION ALL
SELECT 'INC-03', household_id FROM household WHERE rural AND income < :line AND NOT monitored AND NOT basic;

-- The two rules that depend on the hits of the contract's other rules.
CREATE TEMP TABLE family AS
SELECT l.household_id, h.rule[1:3] AS family FROM hit h JOIN lives_in l USING (person_id) WHERE h.rule NOT IN ('DIS-06', 'EDU-05')
UNION SELECT household_id, rule[1:3] FROM home_hit WHERE rule NOT IN ('DIS-04', 'EMP-02', 'INC-03');

INSERT INTO home_hit
SELECT DISTINCT 'FAM-05', household_id FROM assistance
WHERE month = ':month' AND status IN ('refused', 'exited')
  AND status_date BETWEEN getvariable('window_start') AND getvariable('month_end') AND household_id IN (
    SELECT household_id FROM family WHERE family IN ('ILL', 'DIS', 'EDU', 'EMP', 'EXP', 'INC', 'DSR'))
UNION ALL
SELECT 'FAM-06', household_id FROM family WHERE family IN ('ILL', 'DIS', 'EDU', 'EMP', 'EXP')
GROUP BY household_id HAVING count(*) > 1;

INSERT INTO warning
SELECT ':month', rule, person_id, m.household_id FROM hit LEFT JOIN main_home m USING (person_id)
UNION ALL SELECT ':month', rule, NULL, household_id FROM home_hit;
