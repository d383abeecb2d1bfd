/**
 * pushLeads: the outbox. Every card never sent is recorded in bulk as due to its county; the queues are filled from
 * there, and refilled after anything they forget (`cases/delivery/reconcile.ts`).
 */
import { literal } from '../../store/sql.ts';
import type { RunContext } from '../context.ts';
import { runStep } from './step.ts';
import { fingerprint, type LastRecord } from '../../store/step-record.ts';

/** Cards not in the outbox. A card closed before it was ever sent needs no clerk. */
const NEW = `SELECT lead_id, county FROM lead ANTI JOIN lead_dispatch USING (lead_id) ANTI JOIN lead_outcome USING (lead_id)`;

export async function pushLeads(
  context: Pick<RunContext, 'month' | 'store' | 'progress' | 'steps'>,
): Promise<{ changed: boolean; record: LastRecord }> {
  const { store, month } = context;
  const [state] = await store.sql.rows<{ leads: string; n: number }>(
    `SELECT coalesce(bit_xor(hash(lead_id)), 0)::VARCHAR AS leads, (SELECT count(*)::INTEGER FROM (${NEW})) AS n FROM lead`,
  );
  const count = state?.n ?? 0;
  return runStep(context, 'pushLeads', fingerprint([state?.leads ?? '0']), async () => ({
    rows: count,
    counts: { pushed: count },
    files:
      count === 0
        ? {}
        : {
            lead_dispatch: await store.decide(
              `SELECT *, ${literal(month)} AS month FROM (${NEW}) ORDER BY lead_id`,
            ),
          },
    detail: [],
  }));
}
