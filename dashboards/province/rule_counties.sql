-- Hits of the newest month by rule and county: the cells of a heat map. A pair without a row has no hits.
SELECT w.month, w.rule, r.title AS rule_title, w.county, c.label AS county_name, sum(w.n)::BIGINT AS hits
FROM warning w JOIN county c USING (county) JOIN rule r USING (rule) WHERE w.month = $newest
GROUP BY ALL ORDER BY rule, county
