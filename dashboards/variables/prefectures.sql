-- The whole region first, then the prefectures visible as a whole.
SELECT __text, __value FROM (
  SELECT 0 AS place, '' AS code, '全部市（州）' AS __text, $region AS __value
  UNION ALL
  SELECT 1, prefecture, prefecture_name, prefecture FROM county GROUP BY prefecture, prefecture_name, prefecture_size
  HAVING count(*) = prefecture_size
) ORDER BY place, code
