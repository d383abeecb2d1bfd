-- The ledger: a projection of lake and journal. No index, no UNIQUE, no PRIMARY KEY anywhere: index entries are
-- lost after a crash in this engine version. Uniqueness is held by the one writer and checked by `doudi verify`.

-- The journal number the ledger stands at; the last row counts.
CREATE TABLE position (seq BIGINT, hash VARCHAR);

CREATE TABLE extract_version (
  agency VARCHAR, dataset VARCHAR, month VARCHAR, version INTEGER, file VARCHAR, sha256 VARCHAR, lake_sha256 VARCHAR,
  row_count BIGINT, quarantined BIGINT, counties VARCHAR[], report VARCHAR, seq BIGINT, recorded_at VARCHAR
);

CREATE TABLE extract_refusal (
  agency VARCHAR, dataset VARCHAR, month VARCHAR, file VARCHAR, sha256 VARCHAR, code VARCHAR, report VARCHAR,
  seq BIGINT, recorded_at VARCHAR
);

-- The last row of a (month, step) counts.
CREATE TABLE step_record (
  month VARCHAR, step VARCHAR, fingerprint VARCHAR, row_count BIGINT, counts VARCHAR, files VARCHAR, detail VARCHAR,
  seq BIGINT, recorded_at VARCHAR
);

-- Replaced month by month.
CREATE TABLE warning (
  month VARCHAR, rule VARCHAR, subject VARCHAR, direction VARCHAR, priority INTEGER, person_id UUID, household_id UUID,
  county VARCHAR, township VARCHAR, measure DECIMAL(18,2), evidence VARCHAR
);

CREATE TABLE not_evaluated (month VARCHAR, rule VARCHAR, county VARCHAR, missing VARCHAR);

-- From here on nothing is ever deleted.
CREATE TABLE lead (
  lead_id VARCHAR, direction VARCHAR, household_id UUID, person_id UUID, county VARCHAR, township VARCHAR,
  opened_month VARCHAR, seq BIGINT
);

-- attached: a warning joined the lead in that month. struck: it no longer holds in that month.
CREATE TABLE lead_event (
  lead_id VARCHAR, month VARCHAR, rule VARCHAR, person_id UUID, priority INTEGER, measure DECIMAL(18,2), action VARCHAR, seq BIGINT
);

CREATE TABLE lead_outcome (
  lead_id VARCHAR, month VARCHAR, outcome VARCHAR, reason VARCHAR, clause VARCHAR, decided_by VARCHAR,
  seq BIGINT, recorded_at VARCHAR
);
