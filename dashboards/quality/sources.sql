-- What each department delivered, by month.
SELECT q.month, q.agency || '/' || q.dataset AS source, s.title, q.versions::BIGINT AS versions, coalesce(q.rows, 0)::BIGINT AS rows,
  coalesce(q.quarantined, 0)::BIGINT AS quarantined, (coalesce(q.rows, 0) + coalesce(q.quarantined, 0))::BIGINT AS lines,
  q.refused::BIGINT AS refused, q.days_after_month::BIGINT AS late_days
FROM source_quality q JOIN source_name s ON s.agency = q.agency AND s.dataset = q.dataset
WHERE q.month BETWEEN $from AND $to AND ($source = 'all' OR q.agency || '/' || q.dataset = $source) ORDER BY q.month, source
