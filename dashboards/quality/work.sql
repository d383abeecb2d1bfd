-- What offices are behind with today, by the months it is about. Matters of the whole province stand in no county and are left out.
SELECT w.month, w.rule, r.title AS rule_title, w.county, c.label AS county_name, w.items::BIGINT AS items
FROM work_item_month w JOIN county c USING (county) JOIN work_rule r USING (rule)
WHERE w.month BETWEEN $from AND $to ORDER BY w.month, w.rule, w.county
