-- One row per home with a dwelling of grade C or D. The head determines the home (from the roster); the list's own
-- household_id is used when the roster has no home for the head.
-- A dwelling known to be empty is left out. No row: no such dwelling. An empty state of repair is neither pending nor
-- done: the home is undecided.
SELECT coalesce(r.household_id, u.household_id) AS household_id,
  coalesce(bool_or(u.repair IN ('none', 'planned')), false) AS "housing.unsafe_unrepaired",
  bool_or(u.repair IS NULL) AS "housing.unsafe_unclear"
FROM v_unsafe_homes u LEFT JOIN roster_of_month r ON r.person_id = u.person_id
WHERE u.grade IN ('c', 'd') AND u.lived_in IS DISTINCT FROM false
GROUP BY 1
