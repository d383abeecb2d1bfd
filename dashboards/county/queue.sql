-- Open leads of the newest month by direction and urgency.
SELECT l.month, CASE l.direction WHEN 'need' THEN '需求预警' WHEN 'exit' THEN '退出核查' ELSE '数据订正' END AS direction,
  CASE l.priority WHEN 1 THEN '1 最紧急' WHEN 2 THEN '2 紧急' WHEN 3 THEN '3 一般' ELSE '4 可缓' END AS priority, sum(l.n)::BIGINT AS open
FROM lead l WHERE l.month = $newest AND l.status = 'open' GROUP BY ALL ORDER BY month, direction, priority
