-- One row per person whom this month's file says was hit within 12 months.
SELECT DISTINCT person_id, true AS "disaster.affected_new"
FROM v_affected WHERE delivered = getvariable('delivery') AND happened_on BETWEEN getvariable('window_start') AND getvariable('month_end')
