/** Which cards an evaluation of a month added and which it removed. */
import type { Month } from '../../core/month.ts';
import { literal } from '../../store/sql.ts';

/** Cards with a warning at the end of the month, as the ledger stood at a journal number. */
const live = (month: Month, seq: number): string => `SELECT DISTINCT lead_id FROM (
  SELECT lead_id, action FROM lead_event WHERE month <= ${literal(month)} AND seq <= ${seq}
  QUALIFY row_number() OVER (PARTITION BY lead_id, rule, person_id ORDER BY month DESC, seq DESC) = 1
) WHERE action = 'attached'`;

/**
 * The SELECT of cards gained and lost between two journal numbers: change (gained, lost), lead_id, direction,
 * household_id, person_id, county. A card answered in between is neither.
 */
export function changedLeads(month: Month, before: number, after: number): string {
  return `WITH was AS (${live(month, before)}), now AS (${live(month, after)}), change AS (
      SELECT 'gained' AS change, lead_id FROM now ANTI JOIN was USING (lead_id)
      UNION ALL SELECT 'lost', lead_id FROM was ANTI JOIN now USING (lead_id)
    )
    SELECT c.change, l.lead_id, l.direction, l.household_id, l.person_id, l.county
    FROM change c JOIN lead l ON l.lead_id = c.lead_id`;
}
