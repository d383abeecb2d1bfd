-- One row per person listed as not insured on the insurance roll. For people not on the roll it is unknown.
SELECT DISTINCT person_id, true AS "medical.uninsured" FROM v_insured WHERE NOT insured
