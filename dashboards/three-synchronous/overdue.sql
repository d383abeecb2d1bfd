-- Currently running clocks.
SELECT t.title AS clock, coalesce(sum(c.running), 0)::BIGINT AS running, coalesce(sum(c.overdue), 0)::BIGINT AS overdue,
  coalesce(sum(c.provisional), 0)::BIGINT AS provisional, t.place
FROM case_name t LEFT JOIN case_clock c ON c.clock = t.code
WHERE t.kind = 'clock' AND t.code NOT IN ('publicity', 'rebuttal') GROUP BY t.title, t.place ORDER BY place
