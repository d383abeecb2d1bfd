-- The rules of contracts.md section 3 and docs/catalogue.md over a month's profile, by hand, for bench/rules.ts: what
-- an analyst who knows the rules, the trial figures and the database would write. One pass over the persons and one
-- over the homes keep the few rows for which something holds; the conditions are drawn together (seven rules ask for
-- dibao first), figures have the narrowest type, nothing is looked up. `person`, `home` and `roster` are views over the
-- Parquet files.
--
-- The part `keys` gives only who is warned; the part `warnings` gives everything in a warning, evidence included.
-- Each ends in the table `by_hand`; the engine's answer must be the same. Parts start with a line `-- part: <name>`.

-- part: hits

-- Trial figures of bench/rules/figures.ts.
CREATE OR REPLACE TEMP TABLE figure AS
SELECT county, CAST(CASE WHEN county LIKE '5203%' THEN 5400 ELSE 6000 END AS DECIMAL(18,2)) AS rural,
  CAST(CASE WHEN county = '520102' THEN 9600 ELSE 9000 END AS DECIMAL(18,2)) AS urban,
  CAST(14000 AS DECIMAL(18,2)) AS pcdi, CAST(1.5 AS DECIMAL(4,1)) AS marginal, CAST(0.6 AS DECIMAL(4,1)) AS rigid_share,
  CAST(5000 AS DECIMAL(18,2)) AS inpatient_low, CAST(CASE WHEN county LIKE '5203%' THEN 15000 ELSE 20000 END AS DECIMAL(18,2)) AS inpatient_other,
  CAST(500 AS DECIMAL(18,2)) AS outpatient, CAST(10000 AS DECIMAL(18,2)) AS school,
  18 AS adult, 60 AS retired, 6 AS school_from, 15 AS school_to, 3 AS idle, 12 AS review, 30 AS notice, 3 AS grace_state, 6 AS grace_flexible, 6 AS grace_other,
  60 AS elderly, 3 AS stopped, CAST(7500 AS DECIMAL(18,2)) AS line, true AS recognised
FROM (SELECT unnest(getvariable('counties')) AS county);

CREATE OR REPLACE TEMP TABLE person_hit AS
SELECT p.*, c.*, CASE p."household.residence" WHEN 'urban' THEN c.urban WHEN 'rural' THEN c.rural END AS standard
FROM person p JOIN figure c ON c.county = p.parameter_county
WHERE "medical.inpatient_self_paid_ytd" >= least(inpatient_low, inpatient_other)
    AND CASE WHEN "person.low_income" OR "household.low_income" THEN "medical.inpatient_self_paid_ytd" >= inpatient_low ELSE "medical.inpatient_self_paid_ytd" >= inpatient_other END
  OR "person.low_income" AND ("medical.outpatient_self_paid_new" >= outpatient OR "medical.uninsured" OR "education.aid_year" = 0 OR "disability.no_living_subsidy")
  OR "medical.major_illness_new" AND NOT "medical.major_illness_earlier"
  OR "medical.major_illness" AND NOT "person.basic_guarantee" AND "household.income" >= standard AND "household.income" < marginal * standard
  OR "disability.severe" AND NOT "employment.working" AND NOT "person.basic_guarantee" AND "person.age" >= adult
  OR "disability.certificate" AND "person.dibao" AND NOT "person.topup_paid"
  OR "disability.grade_1_2" AND NOT "disability.grade_1_2_before"
  OR "disability.no_nursing_subsidy"
  OR "person.topup_kinds" > 1
  OR NOT "education.on_roll" AND "household.low_income" AND "person.age" BETWEEN school_from AND school_to
  OR "education.out_of_school"
  OR "education.net_cost_year" > school
  OR "employment.months_without_income" >= idle AND NOT "person.dibao" AND "person.age" >= adult AND "person.age" < retired
  OR "monitored.measures_able_idle" = 0
  OR "disaster.affected_new"
  OR "household.dibao_whole" AND NOT "person.basic_guarantee"
  OR "facts.death" AND "person.assisted"
  OR "person.dibao_active" AND ("facts.fiscal_payroll" OR "facts.pension" OR "facts.business" OR "facts.real_estate" OR "facts.assets")
  OR "person.basic_guarantee_variants" >= 2
  OR "education.university_graduated" AND "household.dibao"
  OR "person.no_labour" AND NOT "person.supporter_named" AND NOT "household.able_member" AND NOT "person.tekun" AND "person.age" >= adult AND "household.income" < standard
  OR "household.oldest_carer" < adult AND NOT "household.carer_unclear" AND NOT "person.basic_guarantee" AND "person.age" < adult
  OR "person.moved_out" AND NOT "person.basic_guarantee"
  OR "monitored.measures" = 0 AND ("person.dibao" OR "person.tekun");

CREATE OR REPLACE TEMP TABLE person_rule AS
SELECT *, list_filter([
  CASE WHEN CASE WHEN "person.low_income" OR "household.low_income" THEN "medical.inpatient_self_paid_ytd" >= inpatient_low ELSE "medical.inpatient_self_paid_ytd" >= inpatient_other END THEN 'ILL-01' END,
  CASE WHEN "person.low_income" AND "medical.outpatient_self_paid_new" >= outpatient THEN 'ILL-02' END,
  CASE WHEN "medical.major_illness_new" AND NOT "medical.major_illness_earlier" THEN 'ILL-03' END,
  CASE WHEN "medical.major_illness" AND NOT "person.basic_guarantee" AND "household.income" >= standard AND "household.income" < marginal * standard THEN 'ILL-04' END,
  CASE WHEN "person.low_income" AND "medical.uninsured" THEN 'ILL-05' END,
  CASE WHEN "disability.severe" AND NOT "employment.working" AND NOT "person.basic_guarantee" AND "person.age" >= adult THEN 'DIS-01' END,
  CASE WHEN "disability.certificate" AND "person.dibao" AND NOT "person.topup_paid" THEN 'DIS-02' END,
  CASE WHEN "disability.grade_1_2" AND NOT "disability.grade_1_2_before" THEN 'DIS-03' END,
  CASE WHEN "disability.no_nursing_subsidy" OR "person.low_income" AND "disability.no_living_subsidy" THEN 'DIS-05' END,
  CASE WHEN "person.topup_kinds" > 1 THEN 'DIS-06' END,
  CASE WHEN NOT "education.on_roll" AND "household.low_income" AND "person.age" BETWEEN school_from AND school_to THEN 'EDU-01' END,
  CASE WHEN "education.out_of_school" THEN 'EDU-02' END,
  CASE WHEN "education.net_cost_year" > school THEN 'EDU-03' END,
  CASE WHEN "person.low_income" AND "education.aid_year" = 0 THEN 'EDU-04' END,
  CASE WHEN "employment.months_without_income" >= idle AND NOT "person.dibao" AND "person.age" >= adult AND "person.age" < retired THEN 'EMP-01' END,
  CASE WHEN "monitored.measures_able_idle" = 0 THEN 'EMP-03' END,
  CASE WHEN "disaster.affected_new" THEN 'DSR-01' END,
  CASE WHEN "household.dibao_whole" AND NOT "person.basic_guarantee" THEN 'FAM-01' END,
  CASE WHEN "facts.death" AND "person.assisted" THEN 'X-DTH' END,
  CASE WHEN "person.dibao_active" AND "facts.fiscal_payroll" THEN 'X-FIN' END,
  CASE WHEN "person.dibao_active" AND "facts.pension" THEN 'X-PEN' END,
  CASE WHEN "person.dibao_active" AND "facts.business" THEN 'X-BIZ' END,
  CASE WHEN "person.dibao_active" AND "facts.real_estate" THEN 'X-HSE' END,
  CASE WHEN "person.dibao_active" AND "facts.assets" THEN 'X-AST' END,
  CASE WHEN "person.basic_guarantee_variants" >= 2 THEN 'X-DUP' END,
  CASE WHEN "education.university_graduated" AND "household.dibao" THEN 'EDU-05' END,
  CASE WHEN "person.no_labour" AND NOT "person.supporter_named" AND NOT "household.able_member" AND NOT "person.tekun" AND "person.age" >= adult AND "household.income" < standard THEN 'FAM-03' END,
  CASE WHEN "household.oldest_carer" < adult AND NOT "household.carer_unclear" AND NOT "person.basic_guarantee" AND "person.age" < adult THEN 'FAM-04' END,
  CASE WHEN "person.moved_out" AND NOT "person.basic_guarantee" THEN 'MOV-01' END,
  CASE WHEN "monitored.measures" = 0 AND ("person.dibao" OR "person.tekun") THEN 'LST-02' END
], lambda rule: rule IS NOT NULL) AS rules
FROM person_hit;

CREATE OR REPLACE TEMP TABLE home_hit AS
SELECT *, list_filter([
  CASE WHEN "household.rigid_expenditure" > rigid_share * "household.income_total" AND "household.income" < pcdi AND NOT helped AND NOT "household.marginal" THEN 'EXP-01' END,
  CASE WHEN "household.income_after_rigid" < standard * "household.size" AND "household.rigid_expenditure" > 0 AND NOT helped THEN 'EXP-02' END,
  CASE WHEN "household.monitored_open" AND "household.income" <= standard AND NOT helped THEN 'INC-01' END,
  CASE WHEN "household.income" > standard AND "household.income" < marginal * standard AND NOT "household.assisted" THEN 'INC-02' END,
  CASE WHEN recognised AND "household.monitored_open" AND NOT "household.basic_guarantee" AND NOT "household.marginal" THEN 'MAR-01' END,
  CASE WHEN "household.grace_state_employment" + to_months(grace_state) <= getvariable('month_end') + notice
    OR "household.grace_flexible_employment" + to_months(grace_flexible) <= getvariable('month_end') + notice
    OR "household.grace_other" + to_months(grace_other) <= getvariable('month_end') + notice THEN 'X-GRC' END,
  CASE WHEN "household.review_earliest" + to_months(review) < getvariable('month_end') THEN 'X-REV' END,
  CASE WHEN ("household.certified_members" >= 2 OR "household.severe_supporter_age" >= elderly) AND NOT helped AND NOT "household.marginal" THEN 'DIS-04' END,
  CASE WHEN "household.earners" = 1 AND "household.earner_contributions_until" + to_months(stopped) <= getvariable('month_end') AND NOT helped THEN 'EMP-02' END,
  CASE WHEN "household.residence" = 'rural' AND "household.income" < line AND NOT "household.monitored_open" AND NOT "household.basic_guarantee" THEN 'INC-03' END
], lambda rule: rule IS NOT NULL) AS rules
FROM (SELECT h.*, c.* EXCLUDE (county), CASE "household.residence" WHEN 'urban' THEN c.urban WHEN 'rural' THEN c.rural END AS standard,
    "household.dibao" OR "household.tekun" AS helped FROM home h JOIN figure c USING (county))
WHERE len(rules) > 0;

-- The two rules that depend on the hits of the others.
CREATE OR REPLACE TEMP TABLE both_hit AS
SELECT h.household_id, h.county, h.township, h."household.left_or_refused", f.holding,
  list_filter([CASE WHEN h."household.left_or_refused" AND f.risks > 0 THEN 'FAM-05' END, CASE WHEN f.families > 1 THEN 'FAM-06' END], lambda rule: rule IS NOT NULL) AS rules
FROM home h JOIN (
  SELECT household_id, list_sort(list(DISTINCT rule)) AS holding,
    count(*) FILTER (rule[:4] IN ('ILL-', 'DIS-', 'EDU-', 'EMP-', 'EXP-', 'INC-', 'DSR-') AND rule NOT IN ('DIS-04', 'DIS-06', 'EDU-05', 'EMP-02', 'INC-03')) AS risks,
    count(DISTINCT rule[:4]) FILTER (rule[:4] IN ('ILL-', 'DIS-', 'EDU-', 'EMP-', 'EXP-') AND rule NOT IN ('DIS-04', 'DIS-06', 'EDU-05', 'EMP-02')) AS families
  FROM (
    SELECT r.household_id, p.rule FROM roster r JOIN (SELECT DISTINCT person_id, unnest(rules) AS rule FROM person_rule) p USING (person_id)
    UNION ALL SELECT household_id, unnest(rules) FROM home_hit
  ) GROUP BY household_id
) f USING (household_id)
WHERE len(rules) > 0;

-- part: keys

CREATE OR REPLACE TEMP TABLE by_hand AS
SELECT DISTINCT unnest(rules) AS rule, person_id, main_household_id AS household_id, county FROM person_rule
UNION ALL
SELECT unnest(rules), NULL, household_id, county FROM home_hit
UNION ALL
SELECT unnest(rules), NULL, household_id, county FROM both_hit;

-- part: warnings

CREATE OR REPLACE TEMP TABLE by_hand (rule VARCHAR, subject VARCHAR, direction VARCHAR, priority INTEGER, person_id UUID,
  household_id UUID, county VARCHAR, township VARCHAR, measure DECIMAL(18,2), evidence VARCHAR);

INSERT INTO by_hand
SELECT rule, 'person', CASE WHEN rule IN ('DIS-06', 'LST-02', 'X-DUP') THEN 'correction' WHEN rule LIKE 'X-%' OR rule = 'EDU-05' THEN 'exit' ELSE 'need' END,
  CASE WHEN rule IN ('DSR-01', 'EDU-02', 'FAM-04', 'MOV-01', 'X-DTH') THEN 1 WHEN rule IN ('DIS-01', 'EMP-01', 'FAM-01', 'FAM-03', 'ILL-01', 'ILL-03', 'ILL-04', 'X-DUP') THEN 2
    WHEN rule IN ('DIS-06', 'EDU-04', 'EDU-05', 'ILL-05', 'LST-02') THEN 4 ELSE 3 END,
  person_id, main_household_id, county, township,
  CASE rule WHEN 'ILL-01' THEN "medical.inpatient_self_paid_ytd" WHEN 'ILL-02' THEN "medical.outpatient_self_paid_new" WHEN 'ILL-04' THEN "household.income"
    WHEN 'DIS-06' THEN "person.topup_kinds" WHEN 'EDU-03' THEN "education.net_cost_year" WHEN 'EDU-04' THEN "education.aid_year"
    WHEN 'EMP-01' THEN "employment.months_without_income" WHEN 'EMP-03' THEN "monitored.measures_able_idle" WHEN 'X-DUP' THEN "person.basic_guarantee_variants"
    WHEN 'FAM-03' THEN -"household.income" WHEN 'FAM-04' THEN -"household.oldest_carer" WHEN 'LST-02' THEN "monitored.measures" END,
  CAST(CASE rule
    WHEN 'ILL-01' THEN json_object('fields', json_object('person.low_income', "person.low_income", 'household.low_income', "household.low_income", 'medical.inpatient_self_paid_ytd', "medical.inpatient_self_paid_ytd"::VARCHAR), 'parameters', json_object('inpatient-self-paid-low-income', inpatient_low::DOUBLE, 'inpatient-self-paid-other', inpatient_other::DOUBLE))
    WHEN 'ILL-02' THEN json_object('fields', json_object('person.low_income', "person.low_income", 'medical.outpatient_self_paid_new', "medical.outpatient_self_paid_new"::VARCHAR), 'parameters', json_object('outpatient-self-paid-month', outpatient::DOUBLE))
    WHEN 'ILL-03' THEN json_object('fields', json_object('medical.major_illness_new', "medical.major_illness_new", 'medical.major_illness_earlier', "medical.major_illness_earlier"))
    WHEN 'ILL-04' THEN json_object('fields', json_object('medical.major_illness', "medical.major_illness", 'household.income', "household.income"::VARCHAR, 'person.basic_guarantee', "person.basic_guarantee"), 'parameters', json_object('dibao-standard', standard::DOUBLE, 'marginal-multiple', marginal::DOUBLE))
    WHEN 'ILL-05' THEN json_object('fields', json_object('person.low_income', "person.low_income", 'medical.uninsured', "medical.uninsured"))
    WHEN 'DIS-01' THEN json_object('fields', json_object('disability.severe', "disability.severe", 'person.age', "person.age", 'employment.working', "employment.working", 'person.basic_guarantee', "person.basic_guarantee"), 'parameters', json_object('adult-age', adult::DOUBLE))
    WHEN 'DIS-02' THEN json_object('fields', json_object('person.dibao', "person.dibao", 'disability.certificate', "disability.certificate", 'person.topup_paid', "person.topup_paid"))
    WHEN 'DIS-03' THEN json_object('fields', json_object('disability.grade_1_2', "disability.grade_1_2", 'disability.grade_1_2_before', "disability.grade_1_2_before"))
    WHEN 'DIS-05' THEN json_object('fields', json_object('disability.no_nursing_subsidy', "disability.no_nursing_subsidy", 'person.low_income', "person.low_income", 'disability.no_living_subsidy', "disability.no_living_subsidy"))
    WHEN 'DIS-06' THEN json_object('fields', json_object('person.topup_kinds', "person.topup_kinds"))
    WHEN 'EDU-01' THEN json_object('fields', json_object('household.low_income', "household.low_income", 'person.age', "person.age", 'education.on_roll', "education.on_roll"), 'parameters', json_object('compulsory-age-from', school_from::DOUBLE, 'compulsory-age-to', school_to::DOUBLE))
    WHEN 'EDU-02' THEN json_object('fields', json_object('education.out_of_school', "education.out_of_school"))
    WHEN 'EDU-03' THEN json_object('fields', json_object('education.net_cost_year', "education.net_cost_year"::VARCHAR), 'parameters', json_object('school-out-of-pocket', school::DOUBLE))
    WHEN 'EDU-04' THEN json_object('fields', json_object('person.low_income', "person.low_income", 'education.aid_year', "education.aid_year"::VARCHAR))
    WHEN 'EMP-01' THEN json_object('fields', json_object('person.age', "person.age", 'employment.months_without_income', "employment.months_without_income", 'person.dibao', "person.dibao"), 'parameters', json_object('adult-age', adult::DOUBLE, 'working-age-end', retired::DOUBLE, 'months-without-income', idle::DOUBLE))
    WHEN 'EMP-03' THEN json_object('fields', json_object('monitored.measures_able_idle', "monitored.measures_able_idle"))
    WHEN 'DSR-01' THEN json_object('fields', json_object('disaster.affected_new', "disaster.affected_new"))
    WHEN 'FAM-01' THEN json_object('fields', json_object('household.dibao_whole', "household.dibao_whole", 'person.basic_guarantee', "person.basic_guarantee"))
    WHEN 'X-DTH' THEN json_object('fields', json_object('facts.death', "facts.death", 'person.assisted', "person.assisted"))
    WHEN 'X-FIN' THEN json_object('fields', json_object('person.dibao_active', "person.dibao_active", 'facts.fiscal_payroll', "facts.fiscal_payroll"))
    WHEN 'X-PEN' THEN json_object('fields', json_object('person.dibao_active', "person.dibao_active", 'facts.pension', "facts.pension"))
    WHEN 'X-BIZ' THEN json_object('fields', json_object('person.dibao_active', "person.dibao_active", 'facts.business', "facts.business"))
    WHEN 'X-HSE' THEN json_object('fields', json_object('person.dibao_active', "person.dibao_active", 'facts.real_estate', "facts.real_estate"))
    WHEN 'X-AST' THEN json_object('fields', json_object('person.dibao_active', "person.dibao_active", 'facts.assets', "facts.assets"))
    WHEN 'X-DUP' THEN json_object('fields', json_object('person.basic_guarantee_variants', "person.basic_guarantee_variants"))
    WHEN 'EDU-05' THEN json_object('fields', json_object('education.university_graduated', "education.university_graduated", 'household.dibao', "household.dibao"))
    WHEN 'FAM-03' THEN json_object('fields', json_object('person.no_labour', "person.no_labour", 'person.age', "person.age", 'person.supporter_named', "person.supporter_named", 'household.able_member', "household.able_member", 'household.income', "household.income"::VARCHAR, 'person.tekun', "person.tekun"), 'parameters', json_object('adult-age', adult::DOUBLE, 'dibao-standard', standard::DOUBLE))
    WHEN 'FAM-04' THEN json_object('fields', json_object('person.age', "person.age", 'household.carer_unclear', "household.carer_unclear", 'household.oldest_carer', "household.oldest_carer", 'person.basic_guarantee', "person.basic_guarantee"), 'parameters', json_object('adult-age', adult::DOUBLE))
    WHEN 'MOV-01' THEN json_object('fields', json_object('person.moved_out', "person.moved_out", 'person.basic_guarantee', "person.basic_guarantee"))
    WHEN 'LST-02' THEN json_object('fields', json_object('person.dibao', "person.dibao", 'person.tekun', "person.tekun", 'monitored.measures', "monitored.measures"))
  END AS VARCHAR)
FROM (SELECT *, unnest(rules) AS rule FROM person_rule)
-- A person in two homes is warned once.
QUALIFY row_number() OVER (PARTITION BY rule, person_id ORDER BY household_id IS DISTINCT FROM main_household_id, household_id) = 1;

INSERT INTO by_hand
SELECT rule, 'household', CASE rule WHEN 'X-GRC' THEN 'exit' WHEN 'X-REV' THEN 'correction' ELSE 'need' END,
  CASE rule WHEN 'EXP-02' THEN 1 WHEN 'INC-02' THEN 3 WHEN 'INC-03' THEN 3 WHEN 'DIS-04' THEN 3 WHEN 'EMP-02' THEN 3 WHEN 'X-GRC' THEN 3 WHEN 'X-REV' THEN 4 ELSE 2 END,
  NULL, household_id, county, township,
  CASE rule WHEN 'EXP-01' THEN "household.rigid_expenditure" WHEN 'EXP-02' THEN -"household.income_after_rigid" WHEN 'INC-01' THEN -"household.income" WHEN 'INC-02' THEN "household.income"
    WHEN 'DIS-04' THEN "household.certified_members" WHEN 'EMP-02' THEN "household.earners" WHEN 'INC-03' THEN -"household.income" END,
  CAST(CASE rule
    WHEN 'EXP-01' THEN json_object('fields', json_object('household.rigid_expenditure', "household.rigid_expenditure"::VARCHAR, 'household.income_total', "household.income_total"::VARCHAR, 'household.income', "household.income"::VARCHAR, 'household.dibao', "household.dibao", 'household.tekun', "household.tekun", 'household.marginal', "household.marginal"), 'parameters', json_object('rigid-expenditure-share', rigid_share::DOUBLE, 'disposable-income', pcdi::DOUBLE))
    WHEN 'EXP-02' THEN json_object('fields', json_object('household.income_after_rigid', "household.income_after_rigid"::VARCHAR, 'household.size', "household.size", 'household.rigid_expenditure', "household.rigid_expenditure"::VARCHAR, 'household.dibao', "household.dibao", 'household.tekun', "household.tekun"), 'parameters', json_object('dibao-standard', standard::DOUBLE))
    WHEN 'INC-01' THEN json_object('fields', json_object('household.monitored_open', "household.monitored_open", 'household.income', "household.income"::VARCHAR, 'household.dibao', "household.dibao", 'household.tekun', "household.tekun"), 'parameters', json_object('dibao-standard', standard::DOUBLE))
    WHEN 'INC-02' THEN json_object('fields', json_object('household.income', "household.income"::VARCHAR, 'household.assisted', "household.assisted"), 'parameters', json_object('dibao-standard', standard::DOUBLE, 'marginal-multiple', marginal::DOUBLE))
    WHEN 'MAR-01' THEN json_object('fields', json_object('household.monitored_open', "household.monitored_open", 'household.basic_guarantee', "household.basic_guarantee", 'household.marginal', "household.marginal"), 'parameters', json_object('direct-marginal-recognition', recognised))
    WHEN 'X-GRC' THEN json_object('fields', json_object('household.grace_state_employment', "household.grace_state_employment"::VARCHAR, 'household.grace_flexible_employment', "household.grace_flexible_employment"::VARCHAR, 'household.grace_other', "household.grace_other"::VARCHAR), 'parameters', json_object('grace-period|reason=state_employment', grace_state::DOUBLE, 'grace-notice-days', notice::DOUBLE, 'grace-period|reason=flexible_employment', grace_flexible::DOUBLE, 'grace-period|reason=other', grace_other::DOUBLE))
    WHEN 'X-REV' THEN json_object('fields', json_object('household.review_earliest', "household.review_earliest"::VARCHAR), 'parameters', json_object('review-interval', review::DOUBLE))
    WHEN 'DIS-04' THEN json_object('fields', json_object('household.certified_members', "household.certified_members", 'household.severe_supporter_age', "household.severe_supporter_age", 'household.dibao', "household.dibao", 'household.tekun', "household.tekun", 'household.marginal', "household.marginal"), 'parameters', json_object('elderly-age', elderly::DOUBLE))
    WHEN 'EMP-02' THEN json_object('fields', json_object('household.earners', "household.earners", 'household.earner_contributions_until', "household.earner_contributions_until"::VARCHAR, 'household.dibao', "household.dibao", 'household.tekun', "household.tekun"), 'parameters', json_object('contributions-stopped-months', stopped::DOUBLE))
    WHEN 'INC-03' THEN json_object('fields', json_object('household.residence', "household.residence", 'household.income', "household.income"::VARCHAR, 'household.monitored_open', "household.monitored_open", 'household.basic_guarantee', "household.basic_guarantee"), 'parameters', json_object('monitoring-line', line::DOUBLE))
  END AS VARCHAR)
FROM (SELECT *, unnest(rules) AS rule FROM home_hit)
UNION ALL
SELECT rule, 'household', 'need', CASE rule WHEN 'FAM-06' THEN 1 ELSE 2 END, NULL, household_id, county, township, NULL,
  CAST(CASE rule WHEN 'FAM-05' THEN json_object('fields', json_object('household.left_or_refused', "household.left_or_refused"), 'rules', to_json(holding))
    ELSE json_object('fields', json_object(), 'rules', to_json(holding)) END AS VARCHAR)
FROM (SELECT *, unnest(rules) AS rule FROM both_hit);
