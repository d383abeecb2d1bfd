-- Stages of the cases that have not ended.
SELECT t.title AS stage, coalesce(sum(s.n), 0)::BIGINT AS cases, t.place
FROM case_name t LEFT JOIN case_stage s ON s.stage = t.code WHERE t.kind = 'stage' AND t.code <> 'closed'
GROUP BY t.title, t.place ORDER BY place
