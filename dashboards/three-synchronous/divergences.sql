-- Cases that both bureaus decided, by the month of their end.
SELECT month, sum(decided)::BIGINT AS decided, sum(tracks)::BIGINT AS tracks, sum(levels)::BIGINT AS levels
FROM case_divergence WHERE month BETWEEN $from AND $to GROUP BY month ORDER BY month
