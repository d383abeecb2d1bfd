-- What offices are behind with today, by the month concerned. Province-wide items are under the province's code;
-- the fence shows them to readers of the whole province.
SELECT w.month, w.rule, r.title AS rule_title, w.county, coalesce(c.label, (SELECT any_value(province_name) FROM county)) AS county_name,
  w.items::BIGINT AS items
FROM work_item_month w LEFT JOIN county c USING (county) JOIN work_rule r USING (rule)
WHERE w.month BETWEEN $from AND $to ORDER BY month, rule, county
