/**
 * The id of a lead, derived from home, direction and month so that equal runs give equal ids (contracts.md section
 * 4).
 */

/**
 * `lead_id(direction, household, person, month)` for statements of this connection; if household is NULL the person
 * stands for the home.
 */
export const LEAD_ID_MACRO = `CREATE OR REPLACE TEMP MACRO lead_id(direction, household, person, month) AS
  'L' || substr(sha256(direction || '|' || coalesce('h' || household::VARCHAR, 'p' || person::VARCHAR) || '|' || month), 1, 24);`;
