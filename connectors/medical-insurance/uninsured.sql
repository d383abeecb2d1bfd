-- One row per person whom the insurance roll says is not insured. Who is not on the roll is not known to be without.
SELECT DISTINCT person_id, true AS "medical.uninsured" FROM v_insured WHERE NOT insured
