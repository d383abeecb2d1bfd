-- Published tables as large as those of 5 million persons over 24 months: as many cells as there can be. Counts are
-- derived from the cells' positions, so that two runs measure the same. `old_county`, `old_rule` etc. are the real
-- names.

-- table: month
SELECT strftime(DATE '2024-01-01' + to_months(i::INTEGER), '%Y-%m') AS month FROM range(24) t(i)

-- table: warning
SELECT month, county, rule, (hash(month, county, rule) % 60)::INTEGER AS n FROM made_month, old_county, old_rule

-- table: lead
SELECT month, county, direction, priority::INTEGER AS priority, status, opened, (hash(month, county, direction, priority, status) % 90)::INTEGER AS n
FROM made_month, old_county, (VALUES ('need'), ('exit'), ('correction')) d(direction), range(1, 5) p(priority),
  (VALUES ('open'), ('struck'), ('closed')) s(status), (VALUES (true), (false)) o(opened)

-- table: lead_rule
SELECT month, county, rule, status, (hash(month, county, rule, status) % 40)::INTEGER AS n
FROM made_month, old_county, old_rule, (VALUES ('open'), ('struck')) s(status)

-- table: lead_age
SELECT month, county, age::INTEGER AS months_open, (hash(month, county, age) % 50)::BIGINT AS n FROM made_month, old_county, range(24) a(age)

-- table: lead_cohort
SELECT month, county, direction, 300::BIGINT AS opened, 290::BIGINT AS delivered, 200::BIGINT AS closed, 120::BIGINT AS assisted,
  60::BIGINT AS not_eligible, 20::BIGINT AS unfounded, 240::BIGINT AS visited, 200::BIGINT AS accepted, 190::BIGINT AS reviewed,
  170::BIGINT AS confirmed, 90::BIGINT AS enrolled FROM made_month, old_county, (VALUES ('need'), ('exit'), ('correction')) d(direction)

-- table: rule_outcome
SELECT month, county, county || town AS township, rule, 20::BIGINT AS decided, 12::BIGINT AS assisted, 6::BIGINT AS not_eligible, 2::BIGINT AS unfounded
FROM made_month, old_county, old_rule, (VALUES ('001'), ('002'), ('003')) t(town)

-- table: gap_county
SELECT month, county, rule, 'education/enrolment ' || month AS missing FROM made_month, old_county, old_rule WHERE hash(month, county, rule) % 20 = 0

-- table: list_county
SELECT month, list, agency AS recipient, county, 1::INTEGER AS version, (hash(month, list, county) % 30000)::BIGINT AS rows
FROM made_month, old_list_name, old_county, (SELECT agency FROM old_agency_name LIMIT 2)

-- table: delivery_month
SELECT month, county, 900::BIGINT AS dispatched, 890::BIGINT AS delivered, 2::BIGINT AS dead, 8::BIGINT AS waiting,
  1700000000000::BIGINT AS waiting_since, 0.4::DOUBLE AS median_hours, 6.0::DOUBLE AS longest_hours FROM made_month, old_county

-- table: person_month
SELECT month, county, programme, (hash(month, county, programme) % 50000)::BIGINT AS persons, '' AS extract FROM made_month, old_county, old_programme

-- table: source_quality
SELECT agency, dataset, month, 1::INTEGER AS versions, 5000000::BIGINT AS rows, 90::BIGINT AS quarantined, 0.00002::DOUBLE AS share,
  0::INTEGER AS refused, '{}' AS reason_counts, '' AS refusal_codes, 4::INTEGER AS days_after_month FROM made_month, old_source_name

-- table: source
SELECT agency, dataset, month, 1::INTEGER AS version, 5000000::BIGINT AS rows, 90::BIGINT AS quarantined, month || '-28T00:00:00.000Z' AS received_at
FROM made_month, old_source_name

-- table: step
SELECT month, step, 5000000::BIGINT AS rows, '{}' AS counts, month || '-28T00:00:00.000Z' AS finished_at, 12.5::DOUBLE AS seconds, i::BIGINT AS seq
FROM made_month, (VALUES ('identify', 1), ('profile', 2), ('warn', 3), ('openLeads', 4), ('pushLeads', 5), ('exportLists', 6)) s(step, i)

-- table: run
SELECT month, 1700000000000::BIGINT AS happened_at, turn::INTEGER AS turn, 100000::BIGINT AS warnings FROM made_month, range(1, 4) t(turn)

-- table: journal_day
SELECT strftime(DATE '2024-01-01' + i::INTEGER, '%Y-%m-%d') AS day, kind, (hash(i, kind) % 50)::BIGINT AS records
FROM range(730) t(i), (VALUES ('step.done'), ('leads.delivered'), ('lead.outcome'), ('extract.registered')) k(kind)

-- table: urgent_lead
SELECT '2025-12' AS month, county, 'L' || substr(md5(county || i), 1, 24) AS lead_id, county || '001' AS township, 'need' AS direction,
  (1 + i % 2)::INTEGER AS priority, 'ILL-01;FAM-06' AS rules, '2025-1' || (i % 3) AS opened_month FROM old_county, range(100) t(i)

-- table: backtest
SELECT month, county, rule, 'figure=' || i AS tried, 40::BIGINT AS before, 30::BIGINT AS after, 0::BIGINT AS gained, 10::BIGINT AS lost
FROM made_month, old_county, (SELECT rule FROM old_rule ORDER BY rule LIMIT 3), range(4) t(i)

-- table: extract_month
SELECT month, agency, dataset, county, 1::INTEGER AS version, (hash(month, agency, dataset, county) % 60000)::BIGINT AS rows, 3::BIGINT AS quarantined,
  (month || '-28')::DATE AS received_on, 2::INTEGER AS late_days FROM made_month, old_source_name, old_county WHERE month >= '2025-01'

-- table: work_item_month
SELECT month, rule, county, (hash(month, rule, county) % 20)::BIGINT AS items FROM made_month, old_work_rule, old_county WHERE month >= '2025-10'

-- table: calendar
SELECT job, month, epoch_ms((month || '-28')::TIMESTAMP)::BIGINT AS due_at FROM made_month, (VALUES ('run'), ('lists')) j(job)

-- table: case_stage
SELECT county, county || lpad(i::VARCHAR, 3, '0') AS township, direction, code AS stage, (hash(county, i, direction, code) % 40)::BIGINT AS n
FROM old_county, range(16) t(i), (VALUES ('need'), ('exit'), ('correction')) d(direction), old_case_name WHERE kind = 'stage'

-- table: case_gate
SELECT month, county, code AS gate, days::INTEGER AS days, (hash(month, county, code, days) % 9)::BIGINT AS n
FROM made_month, old_county, old_case_name, range(40) t(days) WHERE kind = 'gate'

-- table: case_outcome
SELECT month, county, 'assisted' AS outcome, c.code AS civil, r.code AS rural, '' AS code, (hash(month, county, c.code, r.code) % 99)::BIGINT AS n
FROM made_month, old_county, old_case_name c, old_case_name r WHERE c.kind = 'civil' AND r.kind = 'rural'

-- table: case_divergence
SELECT month, county, 200::BIGINT AS decided, 12::BIGINT AS tracks, 9::BIGINT AS levels FROM made_month, old_county

-- table: case_clock
SELECT county, county || lpad(i::VARCHAR, 3, '0') AS township, code AS clock, 30::BIGINT AS running, 4::BIGINT AS overdue, 0::BIGINT AS provisional
FROM old_county, range(16) t(i), old_case_name WHERE kind = 'clock'

-- table: case_reminder_month
SELECT month, county, c.code AS clock, l.code AS level, 11::BIGINT AS n FROM made_month, old_county, old_case_name c, old_case_name l
WHERE c.kind = 'clock' AND l.kind = 'level'

-- table: visit_month
SELECT month, county, county || lpad(i::VARCHAR, 3, '0') AS township, (hash(month, county, i) % 50)::BIGINT AS visited, 3::BIGINT AS attempts,
  40::INTEGER AS capacity FROM made_month, old_county, range(16) t(i)

-- table: spot_check_month
SELECT month, county, 480::BIGINT AS answered, 160::BIGINT AS checked, 144::BIGINT AS consistent FROM made_month, old_county

-- table: campaign_day
SELECT strftime(DATE '2025-01-01' + i::INTEGER, '%Y-%m-%d') AS day, county, 40::BIGINT AS homes, 35::BIGINT AS visited, 30::BIGINT AS decided
FROM range(365) t(i), old_county

-- table: campaign_township
SELECT county, county || lpad(i::VARCHAR, 3, '0') AS township, 900::BIGINT AS homes, 800::BIGINT AS visited, 700::BIGINT AS decided,
  690::BIGINT AS answered, 230::BIGINT AS checked, 220::BIGINT AS consistent FROM old_county, range(16) t(i)
