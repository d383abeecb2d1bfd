-- One row per home with a member who holds a valid certificate.
SELECT r.household_id, count(*) AS "household.certified_members"
FROM roster_of_month r JOIN disabled_federation_person d ON d.person_id = r.person_id
WHERE r.household_id IS NOT NULL GROUP BY r.household_id
