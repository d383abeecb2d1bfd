-- One row per person affected within 12 months according to this month's file.
SELECT DISTINCT person_id, true AS "disaster.affected_new"
FROM v_affected WHERE delivered = getvariable('delivery') AND happened_on BETWEEN getvariable('window_start') AND getvariable('month_end')
