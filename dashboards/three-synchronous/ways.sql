-- The funnel over all requested months, one row per gate.
WITH hit AS (SELECT sum(n) AS n FROM warning WHERE month BETWEEN $from AND $to),
cohort AS (
  SELECT sum(opened) AS opened, sum(delivered) AS delivered, sum(visited) AS visited, sum(accepted) AS accepted,
    sum(reviewed) AS reviewed, sum(confirmed) AS confirmed, sum(enrolled) AS enrolled FROM lead_cohort WHERE month BETWEEN $from AND $to
)
SELECT stage.title AS stage, coalesce(stage.n, 0)::BIGINT AS n, stage.place
FROM hit, cohort, LATERAL (VALUES (1, '命中', hit.n), (2, '线索', cohort.opened), (3, '送达', cohort.delivered),
  (4, '入户', cohort.visited), (5, '受理', cohort.accepted), (6, '审核', cohort.reviewed), (7, '确认', cohort.confirmed),
  (8, '纳入', cohort.enrolled)) AS stage(place, title, n)
ORDER BY place
