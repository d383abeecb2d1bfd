-- Delivery of leads to counties, lists to departments, and what the calendar has done. All append-only.

-- The outbox: a lead stands here before any queue knows of it.
CREATE TABLE lead_dispatch (lead_id VARCHAR, county VARCHAR, month VARCHAR, seq BIGINT);

-- What became of a lead on a channel; the last row of a (lead, channel) counts.
-- channel: inbox (the county's queue in this program), external (the receipt of a county's own system), webhook.
-- outcome: done, dead (given up, shown to people), retry (a person sent it on its way again).
CREATE TABLE lead_delivery (
  lead_id VARCHAR, county VARCHAR, channel VARCHAR, outcome VARCHAR, code VARCHAR, seq BIGINT, recorded_at VARCHAR
);

-- A scheduled job is done once for a month.
CREATE TABLE job_run (job VARCHAR, month VARCHAR, counts VARCHAR, seq BIGINT, recorded_at VARCHAR);

-- One row for each version of a list that went out.
CREATE TABLE list_version (
  month VARCHAR, list VARCHAR, county VARCHAR, recipient VARCHAR, version INTEGER, file VARCHAR, row_count BIGINT,
  sha256 VARCHAR, sm3 VARCHAR, seq BIGINT
);
