-- The funnel of the newest month, one row per stage.
WITH hit AS (SELECT sum(n) AS n FROM warning WHERE month = $newest),
cohort AS (SELECT sum(opened) AS opened, sum(delivered) AS delivered, sum(visited) AS visited, sum(confirmed) AS confirmed,
  sum(enrolled) AS enrolled, sum(closed) AS closed FROM lead_cohort WHERE month = $newest)
SELECT $newest::VARCHAR AS month, stage.title AS stage, coalesce(stage.n, 0)::BIGINT AS n, stage.place
FROM hit, cohort, LATERAL (VALUES (1, '命中', hit.n), (2, '线索', cohort.opened), (3, '送达', cohort.delivered), (4, '入户', cohort.visited),
  (5, '确认', cohort.confirmed), (6, '纳入', cohort.enrolled), (7, '办结', cohort.closed)) AS stage(place, title, n)
WHERE $newest <> '' ORDER BY place
