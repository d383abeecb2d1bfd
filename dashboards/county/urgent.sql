-- The most urgent open leads of the newest month, each linked to its page in the staff application.
SELECT month, lead_id, CASE direction WHEN 'need' THEN '需求预警' WHEN 'exit' THEN '退出核查' ELSE '数据订正' END AS direction,
  CASE priority WHEN 1 THEN '1 最紧急' WHEN 2 THEN '2 紧急' WHEN 3 THEN '3 一般' ELSE '4 可缓' END AS priority,
  c.label AS county_name, township, replace(rules, ';', ' ') AS rules, opened_month
FROM urgent_lead u JOIN county c USING (county) WHERE u.month = $newest
ORDER BY priority, opened_month, lead_id LIMIT 100
