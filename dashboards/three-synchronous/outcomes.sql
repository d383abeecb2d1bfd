-- How cases ended: by civil affairs' finding, by rural revitalization's finding, and by reason where nothing came
-- of them.
WITH found AS (SELECT civil, rural, code, sum(n) AS n FROM case_outcome WHERE month BETWEEN $from AND $to GROUP BY ALL),
ended AS (
  SELECT 'civil' AS kind, civil AS code, sum(n) AS n FROM found GROUP BY civil
  UNION ALL SELECT 'rural', rural, sum(n) FROM found GROUP BY rural
  UNION ALL SELECT 'code', code, sum(n) FROM found GROUP BY code
)
SELECT CASE e.kind WHEN 'civil' THEN '民政' WHEN 'rural' THEN '乡村振兴' ELSE '未纳入原因' END AS track, t.title AS finding, e.n::BIGINT AS cases, t.place
FROM ended e JOIN case_name t ON t.kind = e.kind AND t.code = e.code ORDER BY track, place
