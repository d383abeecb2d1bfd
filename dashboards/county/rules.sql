-- Hits of the newest month by rule, and the open cards that each rule is on.
WITH newest AS (SELECT max(month) AS month FROM month WHERE month BETWEEN $from AND $to),
hit AS (SELECT rule, sum(n) AS hits FROM warning JOIN newest USING (month) GROUP BY rule),
carded AS (SELECT rule, sum(n) AS open FROM lead_rule JOIN newest USING (month) WHERE status = 'open' GROUP BY rule)
SELECT newest.month, r.rule, r.title AS rule_title, coalesce(h.hits, 0)::BIGINT AS hits, coalesce(c.open, 0)::BIGINT AS open
FROM rule r JOIN newest ON newest.month IS NOT NULL LEFT JOIN hit h USING (rule) LEFT JOIN carded c USING (rule)
ORDER BY newest.month, hits DESC, r.rule
