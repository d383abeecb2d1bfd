-- Reminders by month sent.
SELECT r.month, t.title AS clock, l.title AS level, sum(r.n)::BIGINT AS reminders, t.place, l.place AS level_place
FROM case_reminder_month r JOIN case_name t ON t.kind = 'clock' AND t.code = r.clock JOIN case_name l ON l.kind = 'level' AND l.code = r.level
WHERE r.month BETWEEN $from AND $to GROUP BY r.month, t.title, l.title, t.place, l.place ORDER BY month, place, level_place
