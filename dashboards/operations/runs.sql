-- Every evaluation of a month's rules.
SELECT month, happened_at, turn::BIGINT AS turn, warnings::BIGINT AS warnings FROM run WHERE month BETWEEN $from AND $to
ORDER BY month, turn
