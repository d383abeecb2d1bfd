-- What a department said and took back. A withdrawn version stays in the lake and no longer counts; the last row of a
-- version decides.
CREATE TABLE extract_withdrawal (
  agency VARCHAR, dataset VARCHAR, month VARCHAR, version INTEGER, withdrawn BOOLEAN, reason VARCHAR, decided_by VARCHAR,
  seq BIGINT, recorded_at VARCHAR
);

-- The version of each extract that counts: the newest that was not withdrawn.
CREATE VIEW extract_standing AS
SELECT v.* FROM extract_version v
ANTI JOIN (
  SELECT agency, dataset, month, version FROM extract_withdrawal
  QUALIFY withdrawn AND row_number() OVER (PARTITION BY agency, dataset, month, version ORDER BY seq DESC) = 1
) w ON w.agency = v.agency AND w.dataset = v.dataset AND w.month = v.month AND w.version = v.version
QUALIFY row_number() OVER (PARTITION BY v.agency, v.dataset, v.month ORDER BY v.version DESC) = 1;
