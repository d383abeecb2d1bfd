-- The cards of a month as they stand at its end: open ones, and those with an event in the month. struck: open, but
-- all its warnings have vanished. Variable: month.
WITH standing AS (
  SELECT lead_id, rule, priority, action, month FROM lead_event WHERE month <= getvariable('month')
  QUALIFY row_number() OVER (PARTITION BY lead_id, rule, person_id ORDER BY month DESC, seq DESC) = 1
), card AS (
  SELECT lead_id, max(month) AS touched, count(*) FILTER (action = 'attached') AS live,
    coalesce(min(priority) FILTER (action = 'attached'), min(priority)) AS priority,
    coalesce(array_to_string(list_sort(list(DISTINCT rule) FILTER (action = 'attached')), ';'), '') AS rules
  FROM standing GROUP BY lead_id
), closed AS (
  SELECT lead_id, max(month) AS month FROM lead_outcome WHERE month <= getvariable('month') GROUP BY lead_id
)
SELECT l.lead_id, l.direction, l.household_id, l.person_id, l.county, l.township, l.opened_month,
  CASE WHEN z.lead_id IS NOT NULL THEN 'closed' WHEN c.live = 0 THEN 'struck' ELSE 'open' END AS status, c.priority, c.rules
FROM lead l JOIN card c ON c.lead_id = l.lead_id LEFT JOIN closed z ON z.lead_id = l.lead_id
WHERE (z.lead_id IS NULL AND c.live > 0) OR c.touched = getvariable('month') OR z.month = getvariable('month')
ORDER BY status <> 'open', c.priority, l.county, l.lead_id
