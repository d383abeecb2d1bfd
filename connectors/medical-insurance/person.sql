-- One row per person with a bill dated within 12 months.
-- A bill_id counts once, the row delivered last (later month, then later line) wins. Few are delivered twice: only those are
-- sorted.
WITH twice AS (SELECT hash(bill_id) AS h FROM v_settlements WHERE bill_id IS NOT NULL GROUP BY h HAVING count(*) > 1),
bill AS (
  SELECT person_id, settled_on, kind, major_illness, self_paid, delivered FROM v_settlements
  WHERE bill_id IS NULL OR hash(bill_id) NOT IN (SELECT h FROM twice)
  UNION ALL
  SELECT person_id, settled_on, kind, major_illness, self_paid, delivered FROM (
    SELECT * FROM v_settlements WHERE bill_id IS NOT NULL AND hash(bill_id) IN (SELECT h FROM twice)
    QUALIFY row_number() OVER (PARTITION BY bill_id ORDER BY delivered DESC, line DESC) = 1
  )
)
SELECT person_id,
  sum(self_paid) FILTER (kind = 'inpatient' AND settled_on >= getvariable('year_start')) AS "medical.inpatient_self_paid_ytd",
  sum(self_paid) FILTER (kind IN ('outpatient', 'chronic') AND delivered = getvariable('delivery')) AS "medical.outpatient_self_paid_new",
  bool_or(major_illness AND delivered = getvariable('delivery')) AS "medical.major_illness_new",
  bool_or(major_illness AND delivered < getvariable('delivery')) AS "medical.major_illness_earlier",
  bool_or(major_illness) AS "medical.major_illness",
  CAST(sum(self_paid) AS DECIMAL(18,2)) AS self_paid
FROM bill WHERE settled_on BETWEEN getvariable('window_start') AND getvariable('month_end')
GROUP BY person_id
