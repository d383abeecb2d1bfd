-- The subject `village`: the villages named by any extract of the last twelve months, in the county that names them
-- most often. A report counts from the day written on it, whenever the extract arrived. Variables: month,
-- month_oldest, month_start, month_end, work_day. Reads: work_content, extract_standing, work_report.

INSERT INTO work_village BY NAME
WITH seen AS (
  SELECT c.name AS village, c.county, sum(c.amount) AS n FROM work_content c
  JOIN extract_standing s ON s.agency || '/' || s.dataset = c.source AND s.month = c.month AND s.version = c.version
  WHERE c.measure = 'village' AND c.month BETWEEN getvariable('month_oldest') AND getvariable('month') GROUP BY c.name, c.county
  QUALIFY row_number() OVER (PARTITION BY c.name ORDER BY sum(c.amount) DESC, c.county) = 1
)
SELECT seen.village AS subject_id, seen.county, getvariable('month_start') AS since,
  seen.village IN (SELECT village FROM work_report WHERE reported_on <= getvariable('work_day')) AS "village.reported",
  (CASE WHEN getvariable('work_day') > getvariable('month_end') THEN 31 + (getvariable('work_day') - getvariable('month_end'))
    WHEN getvariable('work_day') >= getvariable('month_start') THEN day(getvariable('work_day')) ELSE 0 END)::INTEGER AS "village.day"
FROM seen;
