-- The subjects `extract` (a department's data of one county) and `delivery` (a department's file of the month).
-- Variables: month, month_before, month_end, work_day, province, id_columns. Reads: work_county, work_expected,
-- work_standing, work_receipt, work_content; macro work_date.

-- Content of the version that counted on the day. A county it covers without rows has zero; for a file that could
-- not be counted, nothing is known.
CREATE OR REPLACE TEMP TABLE work_amount AS
SELECT r.source, r.month, r.county, c.measure, c.name, c.amount
FROM work_receipt r JOIN work_content c ON c.source = r.source AND c.month = r.month AND c.version = r.version AND c.county = r.county
WHERE c.measure <> 'village';

-- The amount whose sum changed most, as a share of the month before.
CREATE OR REPLACE TEMP TABLE work_sum AS
WITH moved AS (
  SELECT n.source, n.county, n.name, b.amount AS before, abs(n.amount - b.amount) AS moved
  FROM work_amount n JOIN work_amount b ON b.source = n.source AND b.county = n.county AND b.name = n.name AND b.measure = 'sum'
  WHERE n.measure = 'sum' AND n.month = getvariable('month') AND b.month = getvariable('month_before')
)
SELECT * FROM moved
QUALIFY row_number() OVER (PARTITION BY source, county
  ORDER BY CASE WHEN before = 0 THEN CASE WHEN moved = 0 THEN 0 ELSE 1e18 END ELSE moved / before::DOUBLE END DESC, name) = 1;

INSERT INTO work_extract BY NAME
WITH receipt AS (SELECT * FROM work_receipt WHERE month = getvariable('month')),
before AS (SELECT * FROM work_receipt WHERE month = getvariable('month_before')),
counted AS (
  SELECT source, month, county, max(amount) FILTER (measure = 'rows') AS rows, max(amount) FILTER (measure = 'twice') AS twice
  FROM work_amount GROUP BY ALL
), file AS (
  SELECT s.source, s.month FROM work_standing s
  JOIN work_content c ON c.measure = 'file' AND c.source = s.source AND c.month = s.month AND c.version = s.version
), stands AS (
  SELECT e.source, e.state, c.county, r.day,
    CASE WHEN r.day IS NOT NULL AND f.source IS NOT NULL THEN coalesce(n.rows, 0)::INTEGER END AS rows,
    CASE WHEN b.day IS NOT NULL AND g.source IS NOT NULL AND e.state THEN coalesce(o.rows, 0)::INTEGER END AS rows_before,
    n.twice::INTEGER AS twice
  FROM work_expected e CROSS JOIN work_county c
  LEFT JOIN receipt r ON r.source = e.source AND r.county = c.county
  LEFT JOIN before b ON b.source = e.source AND b.county = c.county
  LEFT JOIN file f ON f.source = e.source AND f.month = getvariable('month')
  LEFT JOIN file g ON g.source = e.source AND g.month = getvariable('month_before')
  LEFT JOIN counted n ON n.source = e.source AND n.county = c.county AND n.month = getvariable('month')
  LEFT JOIN counted o ON o.source = e.source AND o.county = c.county AND o.month = getvariable('month_before')
)
SELECT s.source AS subject_id, s.county, coalesce(s.day, getvariable('month_end') + 1) AS since,
  s.day IS NOT NULL AS "extract.received",
  (getvariable('work_day') - getvariable('month_end'))::INTEGER AS "extract.days_after_month",
  s.rows AS "extract.rows", s.rows_before AS "extract.rows_before", abs(s.rows - s.rows_before) AS "extract.rows_moved",
  CASE WHEN s.state THEN m.name END AS "extract.sum_column", CASE WHEN s.state THEN m.before END AS "extract.sum_before",
  CASE WHEN s.state THEN m.moved END AS "extract.sum_moved", s.twice AS "extract.duplicates"
FROM stands s LEFT JOIN work_sum m ON m.source = s.source AND m.county = s.county;

INSERT INTO work_delivery BY NAME
WITH accepted AS (
  SELECT s.source, s.day, s.counties, v.seq,
    len(list_filter(json_extract_string(v.report, '$.reasons[*].column'), lambda x: list_contains(getvariable('id_columns'), x)))::INTEGER AS bad
  FROM work_standing s JOIN extract_version v ON v.agency || '/' || v.dataset = s.source AND v.month = s.month AND v.version = s.version
  WHERE s.month = getvariable('month')
), refused AS (
  SELECT r.agency || '/' || r.dataset AS source, count(*)::INTEGER AS n, max(r.recorded_at) AS at
  FROM extract_refusal r
  WHERE r.month = getvariable('month') AND r.code IN ('identity-number', 'phone', 'bank-card')
    AND work_date(r.recorded_at) <= getvariable('work_day')
    AND r.seq > coalesce((SELECT max(a.seq) FROM accepted a WHERE a.source = r.agency || '/' || r.dataset), 0)
  GROUP BY ALL
)
SELECT source AS subject_id, CASE WHEN len(a.counties) = 1 THEN a.counties[1] ELSE getvariable('province') END AS county,
  coalesce(work_date(r.at), a.day) AS since,
  coalesce(r.n, 0) AS "delivery.refused_identifiers", coalesce(a.bad, 0) AS "delivery.bad_identifiers"
FROM accepted a FULL JOIN refused r USING (source);
