-- What each county has from each department in the newest month; without a version no extract counts.
SELECT e.month, e.agency || '/' || e.dataset AS source, s.title, e.county, c.label AS county_name, e.version::BIGINT AS versions,
  coalesce(e.rows, 0)::BIGINT AS rows, e.late_days::BIGINT AS late_days
FROM extract_month e JOIN county c USING (county)
JOIN source_name s ON s.agency = e.agency AND s.dataset = e.dataset
WHERE e.month = $newest AND ($source = 'all' OR e.agency || '/' || e.dataset = $source) ORDER BY month, source, county
