-- One row per pupil or student; a person may have several rows. An empty cost or aid is unknown and left out.
SELECT person_id, true AS "education.on_roll",
  bool_or(stage IN ('primary', 'junior') AND status IN ('absent', 'dropout')) AS "education.out_of_school",
  max(out_of_pocket_year - aid_year) FILTER (stage IN ('senior', 'vocational')) AS "education.net_cost_year",
  min(aid_year) FILTER (status = 'enrolled') AS "education.aid_year",
  CAST(coalesce(sum(out_of_pocket_year), 0) AS DECIMAL(18,2)) AS out_of_pocket_year,
  bool_or(stage = 'university' AND graduation_month BETWEEN getvariable('year_start') AND getvariable('month_end')) AS "education.university_graduated",
  last_day(min(graduation_month) FILTER (status = 'enrolled' AND stage IN ('senior', 'vocational', 'university')
    AND graduation_month > getvariable('month_end'))) AS "education.graduation"
FROM v_enrolment GROUP BY person_id
