-- Saved back-tests: homes found by a rule as it stands and as tried, by month.
SELECT b.month, b.rule, r.title AS rule_title, b.rule || ' ' || b.tried AS tried, sum(b.before)::BIGINT AS before,
  sum(b.after)::BIGINT AS after, sum(b.gained)::BIGINT AS gained, sum(b.lost)::BIGINT AS lost
FROM backtest b JOIN rule r USING (rule) WHERE b.month BETWEEN $from AND $to AND ($rule = 'all' OR b.rule = $rule)
GROUP BY ALL ORDER BY month, rule, tried
