-- Undecidable rules, the missing extract, and the number of counties affected.
SELECT g.month, g.rule, r.title AS rule_title, g.missing, count(DISTINCT g.county)::BIGINT AS counties
FROM gap_county g JOIN rule r USING (rule) WHERE g.month BETWEEN $from AND $to
GROUP BY ALL ORDER BY month, rule, missing
