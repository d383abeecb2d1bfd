-- The three-synchronous case: every action, with what it made of the case. The last version of a lead counts.
CREATE TABLE case_act (
  lead_id VARCHAR, version INTEGER, action VARCHAR, account VARCHAR, role VARCHAR, region VARCHAR, day VARCHAR,
  form VARCHAR, fixed VARCHAR, key VARCHAR, body VARCHAR, batch VARCHAR, stage VARCHAR, running VARCHAR, county VARCHAR, township VARCHAR,
  outcome VARCHAR, civil VARCHAR, rural VARCHAR, code VARCHAR, diverges VARCHAR[], seq BIGINT, recorded_at VARCHAR
);

-- Homes that people told of: who and why. The lead itself stands in `lead`, the reason on its card in `lead_event`.
CREATE TABLE lead_report (
  lead_id VARCHAR, kind VARCHAR, note VARCHAR, account VARCHAR, role VARCHAR, region VARCHAR, key VARCHAR,
  seq BIGINT, recorded_at VARCHAR
);

-- An answer can be taken back (outcome 'reopened': a review was asked for, a batch undone). The view has the leads that
-- are answered, as ever.
CREATE TABLE lead_answer AS SELECT * FROM lead_outcome;
DROP TABLE lead_outcome;
CREATE VIEW lead_outcome AS
SELECT a.* FROM lead_answer a
LEFT JOIN (SELECT lead_id, max(seq) AS seq FROM lead_answer WHERE outcome = 'reopened' GROUP BY lead_id) r ON r.lead_id = a.lead_id
WHERE a.seq > coalesce(r.seq, 0);

-- What people were reminded of; each level once for a clock and its day.
CREATE TABLE case_reminder (
  lead_id VARCHAR, clock VARCHAR, due VARCHAR, level VARCHAR, county VARCHAR, township VARCHAR, day VARCHAR,
  seq BIGINT, recorded_at VARCHAR
);

-- Seeds of the county's samples; the first of a county and month counts.
CREATE TABLE sample_seed (county VARCHAR, month VARCHAR, seed VARCHAR, account VARCHAR, seq BIGINT, recorded_at VARCHAR);
