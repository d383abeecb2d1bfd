-- Rules without hits in the newest month although they usually have some.
WITH newest AS (SELECT max(month) AS month FROM month)
SELECT r.rule, r.title AS rule_title, (a.kind IS NOT NULL)::INTEGER AS firing
FROM rule r CROSS JOIN newest LEFT JOIN alarm a ON a.rule = r.rule AND a.month = newest.month AND a.kind = 'none'
WHERE r.maturity = 'production' ORDER BY r.rule
