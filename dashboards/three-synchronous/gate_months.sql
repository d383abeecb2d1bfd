-- Days between gates by the month the gate was passed.
WITH cell AS (
  SELECT month, gate, days, sum(n) AS n FROM case_gate WHERE month BETWEEN $from AND $to
  GROUP BY month, gate, days HAVING sum(n) > 0
),
summed AS (SELECT *, sum(n) OVER (PARTITION BY month, gate ORDER BY days) AS so_far, sum(n) OVER (PARTITION BY month, gate) AS passed FROM cell),
gone AS (
  SELECT month, gate, any_value(passed) AS passed, min(days) FILTER (so_far >= 0.5 * passed) AS median_days,
    min(days) FILTER (so_far >= 0.9 * passed) AS p90_days FROM summed GROUP BY month, gate
)
SELECT g.month, t.title AS gate, g.passed::BIGINT AS passed, g.median_days::BIGINT AS median_days, g.p90_days::BIGINT AS p90_days, t.place
FROM gone g JOIN case_name t ON t.kind = 'gate' AND t.code = g.gate ORDER BY month, place
