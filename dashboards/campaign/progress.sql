-- The annual check as a whole.
SELECT coalesce(sum(homes), 0)::BIGINT AS homes, coalesce(sum(visited), 0)::BIGINT AS visited, coalesce(sum(decided), 0)::BIGINT AS decided,
  coalesce(sum(answered), 0)::BIGINT AS answered, coalesce(sum(checked), 0)::BIGINT AS checked, coalesce(sum(consistent), 0)::BIGINT AS consistent
FROM campaign_township
