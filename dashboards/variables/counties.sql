-- The whole region first, then its counties.
SELECT __text, __value FROM (
  SELECT 0 AS place, '' AS code, '全部县（市、区）' AS __text, $region AS __value UNION ALL SELECT 1, county, label, county FROM county
) ORDER BY place, code
