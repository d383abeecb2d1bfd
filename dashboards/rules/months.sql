-- Hits by rule and month, for one rule or all.
SELECT w.month, w.rule, r.title AS rule_title, sum(w.n)::BIGINT AS hits FROM warning w JOIN rule r USING (rule)
WHERE w.month BETWEEN $from AND $to AND ($rule = 'all' OR w.rule = $rule) GROUP BY ALL ORDER BY month, rule
