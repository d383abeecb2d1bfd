-- The subject `case`: what is running on cases by the day, one row per matter of a case, so that each has its own
-- waiting-since day. Variable: work_day. Reads: case_act, work_acceptance of `county, since, working_days,
-- township_confirms`.

INSERT INTO work_case BY NAME
WITH act AS (
  SELECT * FROM case_act WHERE day::DATE <= getvariable('work_day')
), latest AS (
  SELECT * FROM act QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY version DESC) = 1
), running AS (
  SELECT lead_id, county,
    unnest(from_json(running, '[{"clock":"VARCHAR","since":"VARCHAR","variant":"VARCHAR"}]'), recursive := true)
  FROM latest
), last AS (
  -- The last of each kind that was not undone.
  SELECT lead_id, max(version) FILTER (action = 'review') AS review, max(version) FILTER (action = 'post') AS post,
    arg_max(form->>'on', version) FILTER (action = 'post') AS posted, arg_max(form->>'received', version) FILTER (action = 'notify') AS received
  FROM (SELECT *, lead(action) OVER (PARTITION BY lead_id ORDER BY version) AS following FROM act) WHERE following IS DISTINCT FROM 'undo' GROUP BY lead_id
)
SELECT r.lead_id AS subject_id, r.county, r.since::DATE AS since, a.working_days AS "case.working_days",
  a.township_confirms AS "case.township_confirms", r.variant <> '' AS "case.extended", NULL AS "case.days_posted", NULL AS "case.days_refused"
FROM running r JOIN work_acceptance a ON a.county = r.county AND a.since = r.since WHERE r.clock = 'confirmation'
UNION ALL
-- Posted in the village and not taken further: no objection, review or confirmation came after it.
SELECT n.lead_id, n.county, l.posted::DATE, NULL, NULL, NULL, (getvariable('work_day') - l.posted::DATE)::INTEGER, NULL
FROM latest n JOIN last l USING (lead_id) WHERE n.stage = 'posted' AND l.post > l.review
UNION ALL
-- Notified in writing and still open: a review was asked for, or papers of a first aid are due.
SELECT n.lead_id, n.county, l.received::DATE, NULL, NULL, NULL, NULL, (getvariable('work_day') - l.received::DATE)::INTEGER
FROM latest n JOIN last l USING (lead_id) WHERE n.stage <> 'closed' AND l.received IS NOT NULL;
