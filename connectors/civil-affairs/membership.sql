-- One row per home with a member in some programme (active or grace), whatever the household_id in the member's row.
-- A home's programmes are one bit each, in this order: combinations are few, and each is decoded once.
WITH programme AS (
  SELECT name, 1 << (place - 1) AS bit FROM (
    SELECT unnest(names) AS name, generate_subscripts(names, 1) AS place FROM (
      SELECT ['urban_dibao', 'rural_dibao', 'tekun_concentrated', 'tekun_dispersed', 'marginal', 'rigid_expenditure',
        'orphan', 'unattended_child', 'temporary_aid'] AS names))
), home AS (
  SELECT r.household_id, bit_or(p.bit) AS bits
  FROM v_assistance a JOIN programme p ON p.name = a.programme JOIN roster_of_month r ON r.person_id = a.person_id
  WHERE a.status IN ('active', 'grace') AND r.household_id IS NOT NULL GROUP BY r.household_id
), combination AS (
  SELECT h.bits, list(p.name ORDER BY p.bit) AS names
  FROM (SELECT DISTINCT bits FROM home) h JOIN programme p ON h.bits & p.bit > 0 GROUP BY h.bits
)
SELECT h.household_id,
  list_has_any(c.names, ['urban_dibao', 'rural_dibao']) AS "household.dibao",
  list_has_any(c.names, ['tekun_concentrated', 'tekun_dispersed']) AS "household.tekun",
  list_contains(c.names, 'marginal') AS "household.marginal",
  list_has_any(c.names, ['urban_dibao', 'rural_dibao', 'tekun_concentrated', 'tekun_dispersed', 'orphan', 'unattended_child']) AS "household.basic_guarantee",
  c.names <> ['temporary_aid'] AS "household.assisted",
  list_contains(c.names, 'temporary_aid') AS "household.temporary_aid",
  array_to_string(c.names, ';') AS "household.programmes"
FROM home h JOIN combination c ON c.bits = h.bits
