-- Quality of deliveries per month, department and county, for the published file. A row without a version: no
-- extract counts. Quarantined rows have no county of their own: those of a single-county file are counted there,
-- the others under the province's code with no rows, so that sums over all counties match the files. Variables:
-- province. Reads: work_county, work_expected, work_version, work_standing, work_receipt, work_content, work_due.

INSERT INTO extract_of_month BY NAME
WITH bad AS (
  SELECT s.source, s.month, s.version, s.day, v.quarantined,
    CASE WHEN len(s.counties) = 1 THEN s.counties[1] ELSE getvariable('province') END AS county
  FROM work_standing s JOIN extract_version v ON v.agency || '/' || v.dataset = s.source AND v.month = s.month AND v.version = s.version
), asked AS (
  SELECT DISTINCT v.month, e.source, c.county FROM work_version v CROSS JOIN work_expected e CROSS JOIN work_county c
)
SELECT a.month, split_part(a.source, '/', 1) AS agency, split_part(a.source, '/', 2) AS dataset, a.county, r.version,
  CASE WHEN f.version IS NOT NULL THEN coalesce(n.amount, 0) END::BIGINT AS rows,
  CASE WHEN r.version IS NOT NULL THEN coalesce(b.quarantined, 0) END::BIGINT AS quarantined, r.day AS received_on,
  CASE WHEN r.day - last_day((a.month || '-01')::DATE) >= d.days THEN r.day - last_day((a.month || '-01')::DATE) - d.days
    WHEN r.day IS NOT NULL AND d.days IS NOT NULL THEN 0 END::INTEGER AS late_days
FROM asked a
LEFT JOIN work_receipt r ON r.source = a.source AND r.month = a.month AND r.county = a.county
LEFT JOIN work_content f ON f.measure = 'file' AND f.source = a.source AND f.month = a.month AND f.version = r.version
LEFT JOIN work_content n ON n.measure = 'rows' AND n.source = a.source AND n.month = a.month AND n.county = a.county AND n.version = r.version
LEFT JOIN bad b ON b.source = a.source AND b.month = a.month AND b.county = a.county
LEFT JOIN work_due d ON d.month = a.month AND d.county = a.county
UNION ALL
SELECT month, split_part(source, '/', 1), split_part(source, '/', 2), county, version, 0, quarantined, NULL, NULL
FROM bad WHERE quarantined > 0 AND county = getvariable('province');
