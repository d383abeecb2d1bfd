-- Source of the published tables about cases: one row per lead or per gate passed, in temporary tables of this
-- connection. Variables: enrolled_civil, enrolled_rural (findings that admit somebody to a programme), new_round
-- (actions that restart the count of signatures). Table: case_passing, which action passes which gate
-- (published/cases.ts).

-- Actions that count: undone actions, and the undoing itself, are left out.
CREATE OR REPLACE TEMP TABLE standing_act AS
SELECT lead_id, version, action, role, day, coalesce(form->>'on', day) AS done_on, form, fixed, county, township, outcome
FROM case_act
QUALIFY action <> 'undo' AND lead(action) OVER (PARTITION BY lead_id ORDER BY version) IS DISTINCT FROM 'undo';

-- Day, in China's calendar, on which a lead reached its county; if it has not arrived yet, the day it was sent.
CREATE OR REPLACE TEMP TABLE lead_arrival AS
WITH arrived AS (
  SELECT lead_id, min(recorded_at) AS at FROM lead_delivery WHERE outcome = 'done' AND channel <> 'webhook' GROUP BY lead_id
), sent AS (
  SELECT d.lead_id, min(coalesce(s.recorded_at, r.recorded_at)) AS at FROM lead_dispatch d
  LEFT JOIN step_record s ON s.seq = d.seq LEFT JOIN lead_report r ON r.seq = d.seq GROUP BY d.lead_id
)
SELECT s.lead_id, strftime(coalesce(a.at, s.at)::TIMESTAMPTZ AT TIME ZONE 'UTC' + INTERVAL 8 HOUR, '%Y-%m-%d') AS day
FROM sent s LEFT JOIN arrived a USING (lead_id);

-- Every lead that is or was a case: acted on, answered without one, or still waiting with a warning that holds.
CREATE OR REPLACE TEMP TABLE case_now AS
WITH latest AS (
  SELECT * FROM case_act QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY version DESC) = 1
), live AS (
  SELECT DISTINCT lead_id FROM (
    SELECT lead_id, action FROM lead_event
    QUALIFY row_number() OVER (PARTITION BY lead_id, rule, person_id ORDER BY month DESC, seq DESC) = 1
  ) WHERE action = 'attached'
), answered AS (
  SELECT lead_id, strftime(min(recorded_at)::TIMESTAMPTZ AT TIME ZONE 'UTC' + INTERVAL 8 HOUR, '%Y-%m-%d') AS day
  FROM lead_outcome GROUP BY lead_id
)
SELECT l.lead_id, l.direction, l.opened_month, coalesce(c.county, l.county) AS county,
  coalesce(c.township, l.township, '') AS township,
  CASE WHEN a.lead_id IS NOT NULL AND c.outcome IS NULL THEN 'closed' ELSE coalesce(c.stage, 'dispatched') END AS stage,
  c.outcome, c.civil, c.rural, c.code, c.diverges, a.day AS ended_on,
  coalesce(list_contains(getvariable('enrolled_civil'), c.civil), false)
    OR coalesce(list_contains(getvariable('enrolled_rural'), c.rural), false) AS enrolled
FROM lead l LEFT JOIN latest c ON c.lead_id = l.lead_id
LEFT JOIN answered a ON a.lead_id = l.lead_id LEFT JOIN live v ON v.lead_id = l.lead_id
WHERE c.lead_id IS NOT NULL OR a.lead_id IS NOT NULL OR v.lead_id IS NOT NULL;

-- The first time a case passed each gate, and the days since the preceding gate it had passed by then. A gate
-- passed out of order (an application before the visit) is counted from the last passed gate that precedes it in
-- law.
CREATE OR REPLACE TEMP TABLE case_passage AS
WITH turn AS (
  SELECT *, count(*) FILTER (list_contains(getvariable('new_round'), action)) OVER (PARTITION BY lead_id ORDER BY version) AS turn,
    last_value((fixed->>'signatures')::INTEGER IGNORE NULLS) OVER (PARTITION BY lead_id ORDER BY version) AS signatures
  FROM standing_act
), signed AS (
  -- Where townships confirm, the last signature is the confirmation.
  SELECT *, row_number() OVER (PARTITION BY lead_id, turn, action ORDER BY version) AS nth FROM turn
), gate AS (
  SELECT s.lead_id, s.version, s.done_on, s.county, p.passage AS gate
  FROM signed s JOIN case_passing p ON p.action = s.action AND coalesce(p.role, s.role) = s.role
  WHERE NOT p.last_signature OR s.nth = s.signatures
  UNION ALL
  SELECT lead_id, version, day, county, 'end' FROM standing_act WHERE outcome IS NOT NULL
), passed AS (
  SELECT lead_id, gate, arg_min(done_on, version) AS day, arg_min(county, version) AS county,
    CASE gate WHEN 'visit' THEN 1 WHEN 'accept' THEN 2 WHEN 'means_check' THEN 3 WHEN 'review' THEN 4 WHEN 'post' THEN 5 WHEN 'end' THEN 7 ELSE 6 END AS place
  FROM gate GROUP BY lead_id, gate
), start AS (
  SELECT lead_id, place, day FROM passed UNION ALL SELECT lead_id, 0, day FROM lead_arrival
)
SELECT p.lead_id, p.gate, p.county, p.day, max(s.day) AS since
FROM passed p LEFT JOIN start s ON s.lead_id = p.lead_id AND s.place < p.place AND s.day <= p.day
GROUP BY ALL;
