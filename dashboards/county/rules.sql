-- Hits of the newest month by rule, and the open cards carrying each rule.
WITH hit AS (SELECT rule, sum(n) AS hits FROM warning WHERE month = $newest GROUP BY rule),
carded AS (SELECT rule, sum(n) AS open FROM lead_rule WHERE month = $newest AND status = 'open' GROUP BY rule)
SELECT $newest::VARCHAR AS month, r.rule, r.title AS rule_title, coalesce(h.hits, 0)::BIGINT AS hits, coalesce(c.open, 0)::BIGINT AS open
FROM rule r LEFT JOIN hit h USING (rule) LEFT JOIN carded c USING (rule) WHERE $newest <> ''
ORDER BY hits DESC, rule
