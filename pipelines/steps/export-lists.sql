-- exportLists: the relations the lists read besides the extracts of M and M-1 (exchange/shared/list.ts). Variables:
-- month. Reads: roster_of_month, household_of_month.

CREATE OR REPLACE TEMP VIEW list_member AS
SELECT DISTINCT person_id, household_id FROM roster_of_month WHERE household_id IS NOT NULL;

CREATE OR REPLACE TEMP VIEW list_home AS
SELECT household_id, "household.income" AS income FROM household_of_month;

CREATE OR REPLACE TEMP VIEW list_warning AS
SELECT rule, household_id, county FROM warning WHERE month = getvariable('month');

-- The newest negative answer to the home's need lead. It may be from a later month than the list: the visit follows
-- the list that asked for it, and its reason is then in the list's next version.
CREATE OR REPLACE TEMP VIEW list_answer AS
SELECT l.household_id,
  CASE WHEN arg_max(o.outcome, o.seq) IN ('not_eligible', 'unfounded') THEN arg_max(o.reason, o.seq) END AS reason
FROM lead l JOIN lead_outcome o ON o.lead_id = l.lead_id
WHERE l.direction = 'need' AND l.household_id IS NOT NULL
GROUP BY l.household_id;
