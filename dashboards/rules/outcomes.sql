-- Findings of visits, by month.
WITH found AS (
  SELECT month, sum(decided) AS decided, sum(assisted) AS assisted, sum(not_eligible) AS not_eligible, sum(unfounded) AS unfounded
  FROM rule_outcome WHERE $rule = 'all' OR rule = $rule GROUP BY month
)
SELECT month, coalesce(decided, 0)::BIGINT AS decided, coalesce(assisted, 0)::BIGINT AS assisted,
  coalesce(not_eligible, 0)::BIGINT AS not_eligible, coalesce(unfounded, 0)::BIGINT AS unfounded
FROM month LEFT JOIN found USING (month) WHERE month BETWEEN $from AND $to ORDER BY month
