-- Delivery of the leads sent by each month's run.
WITH sent AS (SELECT month, sum(dispatched) AS dispatched, sum(delivered) AS delivered, sum(waiting) AS waiting, sum(dead) AS dead,
  median(median_hours) AS median_hours, max(longest_hours) AS longest_hours FROM delivery_month GROUP BY month)
SELECT month, coalesce(dispatched, 0)::BIGINT AS dispatched, coalesce(delivered, 0)::BIGINT AS delivered, coalesce(waiting, 0)::BIGINT AS waiting,
  coalesce(dead, 0)::BIGINT AS dead, median_hours, longest_hours
FROM month LEFT JOIN sent USING (month) WHERE month BETWEEN $from AND $to ORDER BY month
