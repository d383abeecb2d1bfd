-- identify: one roster of persons and homes for the month. A person belongs to every home whose household_id
-- appears on their row in a dataset that defines homes (`roster` in the contracts). The views home_sighting,
-- birth_sighting and other_sighting (sightings.ts) show what each dataset knows; where they disagree, the row with
-- the lowest `seniority` is believed: by the dataset's rank, then the later row.

CREATE OR REPLACE TEMP TABLE sighting AS SELECT * FROM home_sighting;

CREATE OR REPLACE TEMP TABLE home_place AS
SELECT household_id, arg_min(county, seniority) AS county, arg_min(township, seniority) FILTER (township IS NOT NULL) AS township,
  count(DISTINCT county) AS counties
FROM sighting GROUP BY household_id;

CREATE OR REPLACE TEMP TABLE pair AS
SELECT person_id, household_id, min(seniority) AS seniority, arg_min(county, seniority) AS county
FROM sighting GROUP BY person_id, household_id;

CREATE OR REPLACE TEMP TABLE known_person AS
SELECT person_id, arg_min(household_id, seniority) AS household_id, arg_min(county, seniority) AS county, count(*) AS homes,
  count(DISTINCT county) AS counties
FROM pair GROUP BY person_id;

-- Persons known only from the other extracts: the view other_sighting. Cumulative ones count while a rule can still
-- see them.
CREATE OR REPLACE TEMP TABLE other_person AS
SELECT person_id, arg_min(county, seniority) AS county FROM other_sighting ANTI JOIN known_person USING (person_id)
GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE birth AS
SELECT person_id, arg_min(birth_month, seniority) FILTER (birth_month IS NOT NULL) AS birth_month,
  count(DISTINCT birth_month) AS births
FROM birth_sighting GROUP BY person_id;

CREATE OR REPLACE TEMP TABLE roster AS
SELECT p.person_id, p.household_id, k.household_id AS main_household_id, k.county, m.township,
  h.county AS household_county, h.township AS household_township, b.birth_month
FROM pair p JOIN known_person k ON k.person_id = p.person_id JOIN home_place h ON h.household_id = p.household_id
JOIN home_place m ON m.household_id = k.household_id
LEFT JOIN birth b ON b.person_id = p.person_id
UNION ALL
SELECT person_id, NULL, NULL, county, NULL, NULL, NULL, NULL FROM other_person;

DROP TABLE sighting;
DROP TABLE pair;
