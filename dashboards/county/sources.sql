-- For every source and month: rules undecidable because it was missing. No rule: nothing was missing.
WITH gap AS (
  SELECT month, string_split(missing, ' ')[1] AS source, count(DISTINCT rule) AS rules, count(DISTINCT county) AS counties
  FROM gap_county WHERE month BETWEEN $from AND $to GROUP BY ALL
)
SELECT m.month, s.source, s.title, coalesce(g.rules, 0)::BIGINT AS rules, coalesce(g.counties, 0)::BIGINT AS counties
FROM month m CROSS JOIN source_name s LEFT JOIN gap g ON g.month = m.month AND g.source = s.source
WHERE m.month BETWEEN $from AND $to ORDER BY month, source
