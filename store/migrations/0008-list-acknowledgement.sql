-- Recipients that have said that they hold a version of a list.
CREATE TABLE list_acknowledgement (
  month VARCHAR, list VARCHAR, county VARCHAR, recipient VARCHAR, version INTEGER, acknowledged_by VARCHAR,
  seq BIGINT, recorded_at VARCHAR
);
