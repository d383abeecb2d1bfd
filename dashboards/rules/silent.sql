-- Rules by months since their last hit; a rule that never hit counts all months.
WITH span AS (SELECT month FROM month WHERE month BETWEEN $from AND $to),
last_hit AS (SELECT rule, max(month) AS month FROM warning WHERE n > 0 AND month BETWEEN $from AND $to GROUP BY rule)
SELECT $newest::VARCHAR AS month, r.rule, r.title AS rule_title,
  (SELECT count(*) FROM span WHERE span.month > coalesce(l.month, ''))::BIGINT AS silent_months,
  CASE a.kind WHEN 'none' THEN '无命中' WHEN 'few' THEN '明显偏少' WHEN 'many' THEN '明显偏多' ELSE '' END AS alarm,
  (a.kind IS NOT NULL)::INTEGER AS firing
FROM rule r LEFT JOIN last_hit l USING (rule)
LEFT JOIN alarm a ON a.rule = r.rule AND a.month = $newest
WHERE $newest <> '' AND r.maturity = 'production' ORDER BY firing DESC, silent_months DESC, r.rule
