-- The days of the annual check set by the notices in force, and how far off they are.
SELECT m.residence_title AS residence, m.title AS milestone, m.day, count(*)::BIGINT AS counties,
  date_diff('day', (epoch_ms($now::BIGINT) + INTERVAL 8 HOUR)::DATE, m.day::DATE)::BIGINT AS days_left
FROM campaign_milestone m GROUP BY m.residence_title, m.title, m.day ORDER BY day, residence, milestone
