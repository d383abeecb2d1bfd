-- What the answer to the department is made of, and how it fared. Refusals of before have NULL in the new columns.

ALTER TABLE extract_refusal ADD COLUMN origin VARCHAR;
-- Counts of what was found in the rows, as JSON; NULL: the file was refused before any was looked at.
ALTER TABLE extract_refusal ADD COLUMN findings VARCHAR;

-- record: journal number of the extract that is answered. The last row of a (record, origin, channel) counts.
CREATE TABLE report_delivery (
  record BIGINT, origin VARCHAR, channel VARCHAR, outcome VARCHAR, code VARCHAR, seq BIGINT, recorded_at VARCHAR
);
