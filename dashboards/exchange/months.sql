-- Rows of each list by month.
SELECT c.month, c.list, l.title AS list_title, sum(c.rows)::BIGINT AS rows FROM list_county c JOIN list_name l USING (list)
WHERE c.month BETWEEN $from AND $to GROUP BY ALL ORDER BY month, list
