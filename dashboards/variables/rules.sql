-- All rules first, then each.
SELECT __text, __value FROM (
  SELECT 0 AS place, '全部规则' AS __text, 'all' AS __value UNION ALL SELECT 1, rule || ' ' || title, rule FROM rule
) ORDER BY place, __value
