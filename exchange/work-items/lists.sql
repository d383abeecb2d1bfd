-- The subject `list`: one row per version of a list sent to a recipient by the day, and one for a list never sent.
-- Counts only: the names are in the list itself. Variables: month, month_start, month_end, work_day. Reads:
-- work_county, work_route, work_listed, work_readable, work_screened; macro work_date.

INSERT INTO work_list BY NAME
WITH sent AS (
  SELECT v.list, v.recipient, v.county, v.version, work_date(r.recorded_at) AS day
  FROM list_version v JOIN step_record r ON r.seq = v.seq
  WHERE v.month = getvariable('month') AND work_date(r.recorded_at) <= getvariable('work_day')
), acknowledged AS (
  SELECT r.list, r.recipient, r.county, max(r.version) AS version FROM list_acknowledgement r
  WHERE r.month = getvariable('month') AND work_date(r.recorded_at) <= getvariable('work_day') GROUP BY ALL
), newest AS (
  SELECT list, recipient, county, max(version) AS version FROM sent GROUP BY ALL
), first AS (
  -- A person counts from the first version that names them, as long as the newest one still does.
  SELECT l.list, l.recipient, l.county, l.person_id, l.household_id, min(l.version) AS version, max(l.version) AS last
  FROM work_listed l GROUP BY ALL
), waiting AS (
  SELECT f.list, f.recipient, f.county, f.version, count(DISTINCT f.person_id)::INTEGER AS n
  FROM first f JOIN newest n ON n.list = f.list AND n.recipient = f.recipient AND n.county = f.county AND n.version = f.last
  WHERE f.household_id NOT IN (SELECT id FROM work_screened) AND f.person_id NOT IN (SELECT id FROM work_screened)
  GROUP BY ALL
)
SELECT t.list || '/' || t.recipient || coalesce('/v' || s.version, '') AS subject_id, c.county,
  coalesce(s.day, getvariable('month_end') + 1) AS since,
  s.version IS NOT NULL AS "list.sent", s.version IS NOT DISTINCT FROM n.version AS "list.newest",
  (CASE WHEN getvariable('work_day') <= getvariable('month_end') THEN 0
    WHEN getvariable('work_day') <= last_day(getvariable('month_end') + 1) THEN day(getvariable('work_day'))
    ELSE 31 + (getvariable('work_day') - last_day(getvariable('month_end') + 1)) END)::INTEGER AS "list.day",
  (getvariable('work_day') - s.day)::INTEGER AS "list.days_since_sent",
  coalesce(a.version >= s.version, false) AS "list.acknowledged",
  CASE WHEN this.version IS NOT NULL AND last.version IS NOT NULL THEN coalesce(w.n, 0) END AS "list.unscreened"
FROM work_route t CROSS JOIN work_county c
LEFT JOIN sent s ON s.list = t.list AND s.recipient = t.recipient AND s.county = c.county
LEFT JOIN newest n ON n.list = t.list AND n.recipient = t.recipient AND n.county = c.county
LEFT JOIN acknowledged a ON a.list = t.list AND a.recipient = t.recipient AND a.county = c.county
LEFT JOIN work_readable this ON this.list = t.list AND this.recipient = t.recipient AND this.county = c.county AND this.version = s.version
LEFT JOIN work_readable last ON last.list = t.list AND last.recipient = t.recipient AND last.county = c.county AND last.version = n.version
LEFT JOIN waiting w ON w.list = t.list AND w.recipient = t.recipient AND w.county = c.county AND w.version = s.version;
