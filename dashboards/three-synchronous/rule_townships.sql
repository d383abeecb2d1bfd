-- The same by township, the most answered first.
SELECT c.county, c.label AS county_name, o.township, o.rule, sum(o.decided)::BIGINT AS decided, sum(o.assisted)::BIGINT AS assisted,
  sum(o.unfounded)::BIGINT AS unfounded
FROM rule_outcome o JOIN county c USING (county) JOIN rule r USING (rule) WHERE o.month BETWEEN $from AND $to
GROUP BY c.county, c.label, o.township, o.rule ORDER BY decided DESC, county, township, rule LIMIT 500
