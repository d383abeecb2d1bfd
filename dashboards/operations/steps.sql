-- The last record of each step of a month.
SELECT month, CASE step WHEN 'identify' THEN '识别人户' WHEN 'profile' THEN '形成画像' WHEN 'warn' THEN '评估规则' WHEN 'segment' THEN '划分群体' WHEN 'openLeads' THEN '形成线索'
  WHEN 'pushLeads' THEN '送达各县' WHEN 'exportLists' THEN '生成名单' ELSE step END AS step, rows::BIGINT AS rows,
  epoch_ms(finished_at::TIMESTAMP)::BIGINT AS finished_at, seconds
FROM step WHERE month BETWEEN $from AND $to ORDER BY month, seq
