-- Which version of each extract counts, `work_standing`, and which counties have it, `work_receipt`. Reads:
-- work_county, work_version.

CREATE OR REPLACE TEMP TABLE work_standing AS
SELECT * FROM work_version QUALIFY row_number() OVER (PARTITION BY source, month ORDER BY version DESC) = 1;

-- A county has its extract if the version that counts covers it; since the first version that did.
CREATE OR REPLACE TEMP TABLE work_receipt AS
SELECT s.source, s.month, s.version, c.county, min(v.day) AS day
FROM work_standing s CROSS JOIN work_county c
JOIN work_version v ON v.source = s.source AND v.month = s.month AND (v.counties IS NULL OR list_contains(v.counties, c.county))
WHERE s.counties IS NULL OR list_contains(s.counties, c.county)
GROUP BY s.source, s.month, s.version, c.county;
