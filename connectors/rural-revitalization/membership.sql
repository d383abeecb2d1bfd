-- One row per home with a member who is monitored with open risk, whatever the household_id in the member's row.
SELECT r.household_id, true AS "household.monitored_open",
  bool_or(m.category = 'unstable') AS "household.monitored_unstable",
  bool_or(m.category = 'marginal') AS "household.monitored_marginal",
  bool_or(m.category = 'sudden') AS "household.monitored_sudden",
  bool_or(list_contains(m.causes, 'disability')) AS "household.monitored_disability",
  bool_or(list_contains(m.causes, 'illness')) AS "household.monitored_illness"
FROM v_monitored m JOIN roster_of_month r ON r.person_id = m.person_id
WHERE m.risk = 'open' AND r.household_id IS NOT NULL GROUP BY r.household_id
