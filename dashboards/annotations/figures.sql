-- Figures of policy that began.
SELECT happened_at AS time, happened_at AS "timeEnd", title, text, '政策参数' AS tags FROM event
WHERE kind IN ('parameter') AND strftime(epoch_ms((happened_at + 28800000)::BIGINT), '%Y-%m') BETWEEN $from AND $to ORDER BY happened_at, title
