-- Journal records, by day and kind.
SELECT epoch_ms(day::TIMESTAMP)::BIGINT - 28800000 AS time, CASE kind WHEN 'extract.registered' THEN '接收' WHEN 'extract.refused' THEN '拒收'
  WHEN 'extract.withdrawn' THEN '撤回' WHEN 'step.done' THEN '步骤' WHEN 'lead.outcome' THEN '办结' WHEN 'leads.delivered' THEN '送达'
  WHEN 'job.done' THEN '日程' WHEN 'report.delivery' THEN '答复' WHEN 'month.signed' THEN '签认' WHEN 'rule.backtest' THEN '试算' WHEN 'list.acknowledged' THEN '签收' ELSE kind END AS kind,
  sum(records)::BIGINT AS records
FROM journal_day WHERE substr(day, 1, 7) BETWEEN $from AND $to GROUP BY ALL ORDER BY time, kind
