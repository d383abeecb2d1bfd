-- The published tables. Counts only: no row identifies a person.

-- table: month
-- Months that were run.
SELECT DISTINCT month FROM step_record WHERE step = 'warn' ORDER BY month

-- table: source
-- Every extract that counts, one version per month.
SELECT agency, dataset, month, version, row_count AS rows, quarantined, recorded_at AS received_at FROM extract_standing
ORDER BY agency, dataset, month

-- table: refusal
-- Files refused after the last accepted one of their month.
SELECT r.agency, r.dataset, r.month, count(*)::INTEGER AS n FROM extract_refusal r
LEFT JOIN (SELECT agency, dataset, month, max(seq) AS seq FROM extract_version GROUP BY ALL) v
  ON v.agency = r.agency AND v.dataset = r.dataset AND v.month = r.month
WHERE v.seq IS NULL OR r.seq > v.seq
GROUP BY ALL ORDER BY ALL

-- table: step
SELECT month, step, row_count AS rows, counts, recorded_at AS finished_at, seconds, seq FROM step_record
QUALIFY row_number() OVER (PARTITION BY month, step ORDER BY seq DESC) = 1
ORDER BY month, seq

-- table: warning
SELECT month, county, rule, count(*)::INTEGER AS n FROM warning GROUP BY ALL ORDER BY ALL

-- table: not_evaluated
SELECT month, rule, missing, count(DISTINCT county)::INTEGER AS counties FROM not_evaluated GROUP BY ALL ORDER BY ALL

-- table: lead
-- opened: the card was opened in that month.
SELECT month, county, direction, priority, status, opened_month = month AS opened, count(*)::INTEGER AS n
FROM standing_lead GROUP BY ALL ORDER BY ALL

-- table: lead_rule
-- Open cards per rule; a card with two rules counts under both.
SELECT month, county, rule, status, count(*)::INTEGER AS n
FROM (SELECT month, county, status, unnest(string_split(rules, ';')) AS rule FROM standing_lead WHERE rules <> '')
GROUP BY ALL ORDER BY ALL

-- table: delivery
WITH standing AS (
  SELECT * FROM lead_delivery QUALIFY row_number() OVER (PARTITION BY lead_id, channel ORDER BY seq DESC) = 1
), fate AS (
  SELECT lead_id, bool_or(outcome = 'done' AND channel <> 'webhook') AS arrived, bool_or(outcome = 'dead') AS dead
  FROM standing GROUP BY lead_id
)
SELECT d.county, count(*)::INTEGER AS dispatched, count(*) FILTER (f.arrived)::INTEGER AS delivered,
  count(*) FILTER (f.dead)::INTEGER AS dead
FROM lead_dispatch d LEFT JOIN fate f USING (lead_id) GROUP BY d.county ORDER BY d.county

-- table: list
-- Newest version of each list, over all counties.
SELECT month, list, recipient, max(version) AS version, count(*)::INTEGER AS counties, sum(rows)::BIGINT AS rows FROM (
  SELECT month, list, county, recipient, version, row_count AS rows FROM list_version
  QUALIFY row_number() OVER (PARTITION BY month, list, county, recipient ORDER BY version DESC) = 1
) GROUP BY ALL ORDER BY ALL

-- table: extract_month
-- What each county has from each department, see exchange/work-items/tables.sql.
SELECT * FROM extract_of_month ORDER BY month, agency, dataset, county

-- table: work_item_month
-- What offices are behind with today, by the rules of direction work.
SELECT * FROM work_item_of_month ORDER BY month, rule, county

-- table: job
SELECT job, month, recorded_at AS done_at FROM job_run ORDER BY job, month

-- table: segment_month
-- Homes of each saved segment: covered are in a programme, reasoned have a recorded answer of
-- a visit.
SELECT month, segment, county, count(*)::BIGINT AS households, sum(members)::BIGINT AS persons,
  (count(*) FILTER (standing = 'covered'))::BIGINT AS covered, (count(*) FILTER (standing = 'recorded'))::BIGINT AS reasoned
FROM segment_ledger GROUP BY ALL ORDER BY ALL
