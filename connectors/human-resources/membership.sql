-- One row per home with an earner; the end of paid contributions is given for a home's only earner.
SELECT r.household_id, count(*) AS "household.earners",
  CASE WHEN count(*) = 1 THEN max(w.contributions_until) END AS "household.earner_contributions_until"
FROM roster_of_month r JOIN human_resources_person w ON w.person_id = r.person_id
WHERE w.earner AND r.household_id IS NOT NULL GROUP BY r.household_id
