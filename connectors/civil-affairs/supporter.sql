-- One row per person supported by a member; the age is that of the oldest supporter.
SELECT s.supporter_of AS person_id, true AS "person.supporter_named",
  max(date_diff('month', r.birth_month, getvariable('month_start')) // 12) AS age
FROM v_members s LEFT JOIN (SELECT DISTINCT person_id, birth_month FROM roster_of_month) r ON r.person_id = s.person_id
WHERE s.supporter_of IS NOT NULL GROUP BY s.supporter_of
