-- Months that were run, and signed off.
SELECT happened_at AS time, happened_at AS "timeEnd", title, text, CASE kind WHEN 'run' THEN '月度比对' ELSE '签认' END AS tags FROM event
WHERE kind IN ('run', 'sign-off') AND strftime(epoch_ms((happened_at + 28800000)::BIGINT), '%Y-%m') BETWEEN $from AND $to ORDER BY happened_at, title
