-- The funnel of the newest month, one row per stage.
WITH newest AS (SELECT max(month) AS month FROM month WHERE month BETWEEN $from AND $to),
hit AS (SELECT sum(n) AS n FROM warning JOIN newest USING (month)),
cohort AS (SELECT sum(opened) AS opened, sum(delivered) AS delivered, sum(closed) AS closed FROM lead_cohort JOIN newest USING (month))
SELECT newest.month, stage.title AS stage, coalesce(stage.n, 0)::BIGINT AS n
FROM newest, hit, cohort, LATERAL (VALUES (1, '命中', hit.n), (2, '线索', cohort.opened), (3, '送达', cohort.delivered), (4, '办结', cohort.closed)) AS stage(place, title, n)
WHERE newest.month IS NOT NULL ORDER BY stage.place
