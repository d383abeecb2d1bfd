-- All sources together, by month.
SELECT m.month, count(q.dataset)::BIGINT AS sources, coalesce(sum(q.versions), 0)::BIGINT AS versions, coalesce(sum(q.rows), 0)::BIGINT AS rows,
  coalesce(sum(q.quarantined), 0)::BIGINT AS quarantined, coalesce(sum(q.refused), 0)::BIGINT AS refused, max(q.days_after_month)::BIGINT AS late_days
FROM month m LEFT JOIN source_quality q ON q.month = m.month WHERE m.month BETWEEN $from AND $to GROUP BY m.month ORDER BY m.month
