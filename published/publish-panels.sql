-- Further published tables, for the panels of dashboards/. Counts only, as in publish.sql, except for
-- `urgent_lead`.

-- table: lead_age
-- Open cards at the end of the month by the number of months open.
SELECT month, county, datediff('month', (opened_month || '-01')::DATE, (month || '-01')::DATE)::INTEGER AS months_open, count(*)::BIGINT AS n
FROM standing_lead WHERE status = 'open' GROUP BY ALL ORDER BY ALL

-- table: urgent_lead
-- The most urgent open cards of each county in the newest month, by id: ordered by priority,
-- then waiting time.
SELECT month, county, lead_id, coalesce(township, '') AS township, direction, priority, rules, opened_month
FROM standing_lead WHERE status = 'open' AND month = (SELECT max(month) FROM standing_lead)
QUALIFY row_number() OVER (PARTITION BY county ORDER BY priority, opened_month, lead_id) <= 100
ORDER BY month, county, priority, opened_month, lead_id

-- table: lead_cohort
-- Cards by the month in which they were opened, and their outcome so far.
WITH arrived AS (
  SELECT lead_id FROM lead_delivery WHERE outcome = 'done' AND channel <> 'webhook' GROUP BY lead_id
), decided AS (
  SELECT lead_id, arg_max(outcome, seq) AS outcome FROM lead_outcome GROUP BY lead_id
), passed AS (
  SELECT lead_id, list(gate) AS gates FROM case_passage GROUP BY lead_id
)
SELECT l.opened_month AS month, l.county, l.direction, count(*)::BIGINT AS opened, count(a.lead_id)::BIGINT AS delivered,
  count(d.lead_id)::BIGINT AS closed, count(*) FILTER (d.outcome = 'assisted')::BIGINT AS assisted,
  count(*) FILTER (d.outcome = 'not_eligible')::BIGINT AS not_eligible,
  count(*) FILTER (d.outcome = 'unfounded')::BIGINT AS unfounded,
  count(*) FILTER (list_contains(p.gates, 'visit'))::BIGINT AS visited, count(*) FILTER (list_contains(p.gates, 'accept'))::BIGINT AS accepted,
  count(*) FILTER (list_contains(p.gates, 'review'))::BIGINT AS reviewed,
  count(*) FILTER (list_contains(p.gates, 'civil') AND list_contains(p.gates, 'rural'))::BIGINT AS confirmed,
  count(*) FILTER (c.enrolled)::BIGINT AS enrolled
FROM lead l LEFT JOIN arrived a USING (lead_id) LEFT JOIN decided d USING (lead_id) LEFT JOIN passed p USING (lead_id)
LEFT JOIN case_now c USING (lead_id) GROUP BY l.opened_month, l.county, l.direction ORDER BY ALL

-- table: rule_outcome
-- Findings of visits for each rule on the card; the month is that of the decision.
WITH decided AS (
  SELECT lead_id, arg_max(outcome, seq) AS outcome, arg_max(month, seq) AS month FROM lead_outcome GROUP BY lead_id
), carried AS (SELECT DISTINCT lead_id, rule FROM lead_event WHERE action = 'attached')
SELECT d.month, coalesce(n.county, l.county) AS county, coalesce(n.township, l.township, '') AS township, c.rule, count(*)::BIGINT AS decided, count(*) FILTER (d.outcome = 'assisted')::BIGINT AS assisted,
  count(*) FILTER (d.outcome = 'not_eligible')::BIGINT AS not_eligible,
  count(*) FILTER (d.outcome = 'unfounded')::BIGINT AS unfounded
FROM decided d JOIN lead l USING (lead_id) JOIN carried c USING (lead_id) LEFT JOIN case_now n USING (lead_id) GROUP BY ALL ORDER BY ALL

-- table: gap_county
-- Rules undecidable in a county, and the missing extract.
SELECT DISTINCT month, county, rule, missing FROM not_evaluated ORDER BY ALL

-- table: list_county
-- Newest version of each list of a county.
SELECT month, list, recipient, county, version, row_count::BIGINT AS rows FROM list_version
QUALIFY row_number() OVER (PARTITION BY month, list, county, recipient ORDER BY version DESC) = 1
ORDER BY month, list, recipient, county

-- table: delivery_month
-- Cards by the month whose run sent them: how many arrived, and after how many hours.
WITH sent AS (
  SELECT d.lead_id, d.county, d.month, s.recorded_at AS sent_at
  FROM lead_dispatch d LEFT JOIN step_record s ON s.seq = d.seq
), arrived AS (
  SELECT lead_id, min(recorded_at) AS arrived_at FROM lead_delivery WHERE outcome = 'done' AND channel <> 'webhook' GROUP BY lead_id
), dead AS (
  SELECT lead_id, bool_or(outcome = 'dead') AS dead FROM (
    SELECT * FROM lead_delivery QUALIFY row_number() OVER (PARTITION BY lead_id, channel ORDER BY seq DESC) = 1
  ) GROUP BY lead_id
), fate AS (
  SELECT s.county, s.month, s.sent_at, a.arrived_at IS NOT NULL AS arrived, coalesce(d.dead, false) AND a.arrived_at IS NULL AS dead,
    (epoch_ms(a.arrived_at::TIMESTAMPTZ) - epoch_ms(s.sent_at::TIMESTAMPTZ)) / 3600000.0 AS hours
  FROM sent s LEFT JOIN arrived a USING (lead_id) LEFT JOIN dead d USING (lead_id)
)
SELECT month, county, count(*)::BIGINT AS dispatched, count(*) FILTER (arrived)::BIGINT AS delivered,
  count(*) FILTER (dead)::BIGINT AS dead, count(*) FILTER (NOT arrived AND NOT dead)::BIGINT AS waiting,
  epoch_ms((min(sent_at) FILTER (NOT arrived AND NOT dead))::TIMESTAMPTZ)::BIGINT AS waiting_since,
  round(median(hours), 2)::DOUBLE AS median_hours, round(max(hours), 2)::DOUBLE AS longest_hours
FROM fate GROUP BY month, county ORDER BY month, county

-- table: run
-- Every evaluation of a month's rules: the first is its run, later ones are corrections.
SELECT month, epoch_ms(recorded_at::TIMESTAMPTZ)::BIGINT AS happened_at, row_number() OVER (PARTITION BY month ORDER BY seq)::INTEGER AS turn,
  row_count::BIGINT AS warnings FROM step_record WHERE step = 'warn' ORDER BY happened_at, month

-- table: event
-- Annotations for charts: what was done, never to whom.
SELECT epoch_ms((day || ' 00:00:00+08')::TIMESTAMPTZ)::BIGINT AS happened_at, kind, title, place || ' · ' || basis AS text FROM figure_event
UNION ALL
SELECT epoch_ms(recorded_at::TIMESTAMPTZ)::BIGINT, CASE turn WHEN 1 THEN 'run' ELSE 'correction' END,
  month || CASE turn WHEN 1 THEN ' 月度比对' ELSE ' 重新比对' END, '' FROM (
  SELECT month, recorded_at, row_number() OVER (PARTITION BY month ORDER BY seq) AS turn FROM step_record WHERE step = 'warn')
UNION ALL
SELECT epoch_ms(recorded_at::TIMESTAMPTZ)::BIGINT, 'correction',
  month || CASE WHEN withdrawn THEN ' 撤回提取数据' ELSE ' 恢复提取数据' END, agency || '/' || dataset || ' v' || version FROM extract_withdrawal
UNION ALL
SELECT epoch_ms(recorded_at::TIMESTAMPTZ)::BIGINT, 'sign-off', month || ' 数量异常已签认', '' FROM month_sign_off
ORDER BY 1, 2, 3
