/**
 * A clerk's answer to a lead. A negative answer needs a reason and a clause (requirements R4): nobody is dropped
 * without them.
 */
import { MonitorError } from '../../core/errors.ts';
import type { LeadOutcome } from '../../store/records.ts';
import { literal } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';

export const OUTCOMES = {
  assisted: '已落实救助或调整',
  not_eligible: '入户核查后不符合条件',
  unfounded: '预警依据的数据有误',
} as const satisfies Record<LeadOutcome['outcome'], string>;

/**
 * Closes a lead. Repeating the same answer does nothing.
 * @throws MonitorError `lead-unknown`, `lead-closed`, `lead-worked-on`, `reason-missing`
 */
export async function closeLead(store: Store, answer: LeadOutcome): Promise<{ changed: boolean }> {
  if (
    answer.reason.trim() === '' ||
    (answer.outcome === 'not_eligible' && answer.clause.trim() === '')
  ) {
    throw new MonitorError(
      'reason-missing',
      'an outcome needs a reason, a negative one also a clause',
      { fix: 'give --reason and --clause' },
    );
  }
  return store.alone(async ({ sql, commit }) => {
    const [lead] = await sql.rows(
      `SELECT 1 AS there FROM lead WHERE lead_id = ${literal(answer.lead_id)}`,
    );
    if (lead === undefined)
      throw new MonitorError('lead-unknown', `there is no lead ${answer.lead_id}`, {
        fix: '`doudi leads --month M` lists them',
      });
    const [earlier] = await sql.rows<{ outcome: string; month: string }>(
      `SELECT outcome, month FROM lead_outcome WHERE lead_id = ${literal(answer.lead_id)} ORDER BY seq DESC LIMIT 1`,
    );
    if (earlier?.outcome === answer.outcome && earlier.month === answer.month)
      return { changed: false };
    if (earlier !== undefined)
      throw new MonitorError(
        'lead-closed',
        `lead ${answer.lead_id} was closed in ${earlier.month}`,
      );
    const [worked] = await sql.rows(
      `SELECT 1 AS there FROM case_act WHERE lead_id = ${literal(answer.lead_id)} LIMIT 1`,
    );
    if (worked !== undefined)
      throw new MonitorError(
        'lead-worked-on',
        `lead ${answer.lead_id} is being worked on as a case`,
        { fix: 'end the case: docs/cases.md says how' },
      );
    await commit('lead.outcome', answer);
    return { changed: true };
  });
}
