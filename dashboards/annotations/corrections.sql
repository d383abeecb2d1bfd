-- Months that were re-evaluated, and extracts withdrawn.
SELECT happened_at AS time, happened_at AS "timeEnd", title, text, '订正' AS tags FROM event
WHERE kind IN ('correction') AND strftime(epoch_ms((happened_at + 28800000)::BIGINT), '%Y-%m') BETWEEN $from AND $to ORDER BY happened_at, title
