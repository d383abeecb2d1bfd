-- Every rule on an answered card: how many led to help, and how many had wrong data.
SELECT o.rule, r.title AS rule_title, sum(o.decided)::BIGINT AS decided, sum(o.assisted)::BIGINT AS assisted, sum(o.unfounded)::BIGINT AS unfounded
FROM rule_outcome o JOIN rule r USING (rule) WHERE o.month BETWEEN $from AND $to GROUP BY o.rule, r.title ORDER BY rule
