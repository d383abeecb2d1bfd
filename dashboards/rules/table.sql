-- Every rule: hits of the newest month and the previous one, and what visits found for it in the requested months.
WITH earlier AS (SELECT max(month) AS month FROM month WHERE month < $newest),
hit AS (SELECT rule, sum(n) AS hits FROM warning WHERE month = $newest GROUP BY rule),
hit_before AS (SELECT rule, sum(n) AS hits FROM warning JOIN earlier USING (month) GROUP BY rule),
found AS (
  SELECT rule, sum(decided) AS decided, sum(assisted) AS assisted, sum(not_eligible) AS not_eligible, sum(unfounded) AS unfounded
  FROM rule_outcome WHERE month BETWEEN $from AND $to GROUP BY rule
)
SELECT $newest::VARCHAR AS month, r.rule, r.title AS rule_title, coalesce(h.hits, 0)::BIGINT AS hits, coalesce(b.hits, 0)::BIGINT AS hits_before,
  coalesce(f.decided, 0)::BIGINT AS decided, coalesce(f.assisted, 0)::BIGINT AS assisted,
  coalesce(f.not_eligible, 0)::BIGINT AS not_eligible, coalesce(f.unfounded, 0)::BIGINT AS unfounded
FROM rule r LEFT JOIN hit h USING (rule) LEFT JOIN hit_before b USING (rule)
LEFT JOIN found f USING (rule) WHERE $newest <> '' AND ($rule = 'all' OR r.rule = $rule) ORDER BY rule
