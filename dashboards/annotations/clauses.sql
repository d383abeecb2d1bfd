-- Figures of policy that ended.
SELECT happened_at AS time, happened_at AS "timeEnd", title, text, '条款到期' AS tags FROM event
WHERE kind IN ('clause') AND strftime(epoch_ms((happened_at + 28800000)::BIGINT), '%Y-%m') BETWEEN $from AND $to ORDER BY happened_at, title
