-- What each department delivered, per month. Rows and findings are from the newest version; days from the end of
-- the month to the first version, in China's calendar. A month whose files were all refused has no rows.
WITH version AS (
  SELECT agency, dataset, month, count(*)::INTEGER AS versions, arg_max(row_count, version) AS rows,
    arg_max(quarantined, version) AS quarantined,
    arg_max(json_extract_string(report, '$.reason_counts'), version) AS reason_counts,
    ((min(recorded_at)::TIMESTAMPTZ AT TIME ZONE 'UTC' + INTERVAL 8 HOUR)::DATE - last_day((month || '-01')::DATE))::INTEGER AS days
  FROM extract_version GROUP BY agency, dataset, month
), refusal AS (
  SELECT agency, dataset, month, count(*)::INTEGER AS refused, string_agg(DISTINCT code, ' ' ORDER BY code) AS refusal_codes
  FROM extract_refusal WHERE month <> '' GROUP BY agency, dataset, month
)
SELECT agency, dataset, month, coalesce(versions, 0)::INTEGER AS versions, rows, quarantined,
  CASE WHEN rows + quarantined > 0 THEN quarantined / (rows + quarantined)::DOUBLE WHEN rows = 0 THEN 0.0 END AS share,
  coalesce(refused, 0)::INTEGER AS refused, coalesce(reason_counts, '{}') AS reason_counts,
  coalesce(refusal_codes, '') AS refusal_codes, days AS days_after_month
FROM version FULL JOIN refusal USING (agency, dataset, month) ORDER BY agency, dataset, month
