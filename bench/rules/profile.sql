-- A synthetic month's profile as `profile` leaves it: about three in ten persons live in a home that a source names, in
-- homes of two or three; shares and amounts are near those of `doudi generate`, so that two to three per cent of the
-- rows fire. Amounts are whole tens, so that many are exactly at a threshold.
-- Variables: persons, seed, month_end, counties. Values depend on number, name and seed only, not on the order of work.

CREATE OR REPLACE TEMP MACRO draw(n, what) AS hash(n, what, getvariable('seed')) / 18446744073709551616.0;
CREATE OR REPLACE TEMP MACRO chance(n, what, share) AS draw(n, what) < share;
CREATE OR REPLACE TEMP MACRO whole(n, what, lowest, highest) AS CAST(floor(lowest + draw(n, what) * (highest - lowest + 1)) AS INTEGER);
CREATE OR REPLACE TEMP MACRO tens(n, what, lowest, highest) AS CAST(whole(n, what, lowest // 10, highest // 10) * 10 AS DECIMAL(18,2));
CREATE OR REPLACE TEMP MACRO id(kind, n) AS CAST(md5(kind || n || '/' || getvariable('seed')) AS UUID);
CREATE OR REPLACE TEMP MACRO county_of(n) AS list_extract(getvariable('counties'), whole(n, 'county', 1, len(getvariable('counties'))));

CREATE OR REPLACE TEMP TABLE made_home AS
SELECT *, h."household.dibao" OR h."household.tekun" AS "household.basic_guarantee",
  h."household.dibao" OR h."household.tekun" OR h."household.marginal" AS "household.assisted",
  h."household.dibao" OR h."household.tekun" OR h."household.marginal" OR h."household.monitored_open" AS "household.low_income",
  CAST(h."household.income" * h."household.size" AS DECIMAL(18,2)) AS "household.income_total",
  CAST(h."household.income" * h."household.size" - h."household.rigid_expenditure" AS DECIMAL(18,2)) AS "household.income_after_rigid"
FROM (
  SELECT n, id('home ', n) AS household_id, county, CASE WHEN chance(n, 'township', 0.998) THEN county || '001' END AS township,
    kind < 0.62 AS "household.dibao", kind BETWEEN 0.62 AND 0.68 AS "household.tekun", kind BETWEEN 0.68 AND 0.86 AS "household.marginal",
    kind > 0.97 OR chance(n, 'monitored', 0.08) AS "household.monitored_open",
    kind < 0.6 AS "household.dibao_whole",
    CASE WHEN chance(n, 'known income', 0.994) THEN
      CASE WHEN kind < 0.68 THEN tens(n, 'low income', 900, 6500) ELSE tens(n, 'income', 4500, 15000) END END AS "household.income",
    CASE WHEN chance(n, 'urban', 0.25) THEN 'urban' ELSE 'rural' END AS "household.residence",
    CASE WHEN chance(n, 'known size', 0.998) THEN whole(n, 'size', 1, 5) END AS "household.size",
    CASE WHEN chance(n, 'spends', 0.2) THEN tens(n, 'rigid', 50, CASE WHEN chance(n, 'much', 0.1) THEN 26000 ELSE 3000 END) ELSE 0 END AS "household.rigid_expenditure",
    chance(n, 'left', 0.028) AS "household.left_or_refused",
    CASE WHEN chance(n, 'reviewed', 0.66) THEN getvariable('month_end') - whole(n, 'review', 5, 367) END AS "household.review_earliest",
    CASE WHEN chance(n, 'state', 0.0015) THEN getvariable('month_end') - whole(n, 'grace', 0, 100) END AS "household.grace_state_employment",
    CASE WHEN chance(n, 'flexible', 0.0045) THEN getvariable('month_end') - whole(n, 'grace', 0, 170) END AS "household.grace_flexible_employment",
    CASE WHEN chance(n, 'other', 0.013) THEN getvariable('month_end') - whole(n, 'grace', 0, 165) END AS "household.grace_other",
    CASE WHEN chance(n, 'certified', 0.2) THEN CASE WHEN chance(n, 'two certified', 0.06) THEN 2 ELSE 1 END ELSE 0 END AS "household.certified_members",
    CASE WHEN chance(n, 'supporter', 0.01) THEN whole(n, 'supporter age', 25, 75) END AS "household.severe_supporter_age",
    whole(n, 'earners', 0, 2) AS "household.earners",
    CASE WHEN chance(n, 'contributions', 0.15) THEN getvariable('month_end') - whole(n, 'paid until', 0, 110) END AS "household.earner_contributions_until",
    chance(n, 'able', 0.8) AS "household.able_member", whole(n, 'carer', CASE WHEN chance(n, 'no carer', 0.005) THEN 0 ELSE 20 END, 70) AS "household.oldest_carer",
    chance(n, 'carer unclear', 0.02) AS "household.carer_unclear",
    chance(n, 'grace unclear', 0.0007) AS "household.grace_unclear", chance(n, 'review unclear', 0.0007) AS "household.review_unclear"
  FROM (SELECT n, county_of(n) AS county, draw(n, 'kind') AS kind FROM range(greatest(1, getvariable('persons') * 3 // 25)) r(n))
) h;

-- One in a thousand of those in a home is in a second one too.
CREATE OR REPLACE TEMP TABLE made_place AS
WITH person AS (
  -- Shuffled numbers, as in a real file: members of one home are far apart.
  SELECT k * 611953 % getvariable('persons') AS n FROM range(getvariable('persons')) r(k)
), homed AS (
  SELECT n, CASE WHEN n < getvariable('persons') * 3 // 10 THEN n * 2 // 5 END AS home FROM person
)
SELECT n, home, home AS main_home FROM homed
UNION ALL
SELECT n, (home + 1) % (SELECT count(*) FROM made_home), home FROM homed WHERE home IS NOT NULL AND chance(n, 'two homes', 0.001);

CREATE OR REPLACE TEMP VIEW made_roster AS
SELECT id('person ', p.n) AS person_id, h.household_id, m.household_id AS main_household_id,
  coalesce(m.county, county_of(p.n)) AS county, m.township, h.county AS household_county, h.township AS household_township
FROM made_place p LEFT JOIN made_home h ON h.n = p.home LEFT JOIN made_home m ON m.n = p.main_home;

CREATE OR REPLACE TEMP VIEW made_person AS
SELECT p.n, id('person ', p.n) AS person_id, h.household_id, m.household_id AS main_household_id,
  coalesce(m.county, county_of(p.n)) AS county, m.township, coalesce(h.county, m.county, county_of(p.n)) AS parameter_county,
  CASE WHEN p.home IS NOT NULL AND chance(p.n, 'known age', 0.998) THEN whole(p.n, 'age', 0, 87) END AS "person.age",
  coalesce(m."household.low_income", false) AND chance(p.n, 'low income', 0.97) AS "person.low_income",
  coalesce(m."household.dibao", false) AND chance(p.n, 'dibao', 0.98) AS "person.dibao",
  coalesce(m."household.dibao", false) AND chance(p.n, 'dibao', 0.97) AS "person.dibao_active",
  coalesce(m."household.basic_guarantee", false) AND chance(p.n, 'dibao', 0.985) AS "person.basic_guarantee",
  coalesce(m."household.assisted", false) AND chance(p.n, 'dibao', 0.99) AS "person.assisted",
  p.home IS NOT NULL AND chance(p.n, 'topup', 0.95) AS "person.topup_paid",
  CASE WHEN p.home IS NULL THEN 0 WHEN chance(p.n, 'topup kinds', 0.001) THEN 2 ELSE whole(p.n, 'topup kind', 0, 1) END AS "person.topup_kinds",
  CASE WHEN p.home IS NULL THEN 0 WHEN chance(p.n, 'variants', 0.001) THEN 2 ELSE whole(p.n, 'variant', 0, 1) END AS "person.basic_guarantee_variants",
  CASE WHEN p.home IS NOT NULL AND chance(p.n, 'able', 0.007) THEN whole(p.n, 'measures', 0, 4) END AS "monitored.measures_able_idle",
  CASE WHEN chance(p.n, 'inpatient', 0.02) THEN tens(p.n, 'inpatient paid', 100, CASE WHEN chance(p.n, 'long', 0.1) THEN 27000 ELSE 5200 END) ELSE 0 END AS "medical.inpatient_self_paid_ytd",
  CASE WHEN chance(p.n, 'outpatient', 0.04) THEN tens(p.n, 'outpatient paid', 10, 520) ELSE 0 END AS "medical.outpatient_self_paid_new",
  chance(p.n, 'major', 0.0015) AS "medical.major_illness_new",
  chance(p.n, 'major before', 0.0012) AS "medical.major_illness_earlier",
  chance(p.n, 'major', 0.0015) OR chance(p.n, 'major before', 0.0012) AS "medical.major_illness",
  chance(p.n, 'uninsured', 0.0045) AS "medical.uninsured",
  chance(p.n, 'certificate', 0.07) AS "disability.certificate", chance(p.n, 'certificate', 0.03) AS "disability.severe",
  chance(p.n, 'certificate', 0.027) AS "disability.grade_1_2",
  chance(p.n, 'certificate', 0.027) AND chance(p.n, 'before', 0.97) AS "disability.grade_1_2_before",
  chance(p.n, 'certificate', 0.0007) AS "disability.no_nursing_subsidy",
  chance(p.n, 'certificate', 0.07) AND chance(p.n, 'living', 0.02) AS "disability.no_living_subsidy",
  chance(p.n, 'on roll', 0.287) OR chance(p.n, 'pupil', 0.98) AND p.home IS NOT NULL AS "education.on_roll",
  chance(p.n, 'dropout', 0.0006) AS "education.out_of_school",
  CASE WHEN chance(p.n, 'senior', 0.019) THEN tens(p.n, 'net cost', -2000, 10200) END AS "education.net_cost_year",
  CASE WHEN chance(p.n, 'enrolled', 0.107) THEN CASE WHEN chance(p.n, 'no aid', 0.02) THEN 0 ELSE tens(p.n, 'aid', 10, 4400) END END AS "education.aid_year",
  chance(p.n, 'working', 0.33) AS "employment.working",
  CASE WHEN chance(p.n, 'out of work', 0.0136) THEN CASE WHEN chance(p.n, 'long out', 0.2) THEN whole(p.n, 'months', 3, 11) ELSE whole(p.n, 'months', 0, 2) END END AS "employment.months_without_income",
  chance(p.n, 'affected', 0.0011) AS "disaster.affected_new",
  chance(p.n, 'death', 0.0012) AS "facts.death", chance(p.n, 'payroll', 0.0008) AS "facts.fiscal_payroll",
  chance(p.n, 'pension', 0.0008) AS "facts.pension", chance(p.n, 'business', 0.0008) AS "facts.business",
  chance(p.n, 'real estate', 0.0008) AS "facts.real_estate", chance(p.n, 'assets', 0.0013) AS "facts.assets",
  coalesce(h."household.low_income", false) AS "household.low_income", h."household.income", h."household.residence",
  coalesce(h."household.dibao_whole", false) AS "household.dibao_whole",
  coalesce(h."household.dibao", false) AS "household.dibao", coalesce(h."household.able_member", false) AS "household.able_member",
  h."household.oldest_carer", coalesce(h."household.carer_unclear", true) AS "household.carer_unclear",
  coalesce(m."household.tekun", false) AND chance(p.n, 'dibao', 0.98) AS "person.tekun", chance(p.n, 'no labour', 0.04) AS "person.no_labour",
  chance(p.n, 'real estate unclear', 0.0002) AS "facts.real_estate_unclear"
FROM made_place p LEFT JOIN made_home h ON h.n = p.home LEFT JOIN made_home m ON m.n = p.main_home;
