-- Cases decided by both bureaus, by the month they ended.
SELECT month, sum(decided)::BIGINT AS decided, sum(tracks)::BIGINT AS tracks, sum(levels)::BIGINT AS levels
FROM case_divergence WHERE month BETWEEN $from AND $to GROUP BY month ORDER BY month
