-- Spot checks of homes answered in each month after a visit.
SELECT month, sum(answered)::BIGINT AS answered, sum(checked)::BIGINT AS checked, sum(consistent)::BIGINT AS consistent
FROM spot_check_month WHERE month BETWEEN $from AND $to GROUP BY month ORDER BY month
