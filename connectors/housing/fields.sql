-- One row per home with a dwelling of grade C or D. The head says which home it is (the roster's); the list's own
-- household_id counts for a head whom the roster has in no home.
-- A dwelling known to be empty is left out. No row: no such dwelling. An empty state of repair is neither pending nor
-- done: the home is unclear.
SELECT coalesce(r.household_id, u.household_id) AS household_id,
  coalesce(bool_or(u.repair IN ('none', 'planned')), false) AS "housing.unsafe_unrepaired",
  bool_or(u.repair IS NULL) AS "housing.unsafe_unclear"
FROM v_unsafe_homes u LEFT JOIN roster_of_month r ON r.person_id = u.person_id
WHERE u.grade IN ('c', 'd') AND u.lived_in IS DISTINCT FROM false
GROUP BY 1
