-- All sources first, then each.
SELECT __text, __value FROM (
  SELECT 0 AS place, '全部来源' AS __text, 'all' AS __value UNION ALL SELECT 1, title, source FROM source_name
) ORDER BY place, __value
