/**
 * Reminders of due items. A queue job only wakes a county; whom to remind of what is computed from the ledger when
 * it runs and recorded there, each level once, so a lost, repeated or late job changes nothing.
 */
import { shanghaiDate } from '../core/clock.ts';
import { among, literal } from '../store/sql.ts';
import type { CasesReminded } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { LATE } from './running.ts';
import { localityAt } from '../warnings/calculators/locality.ts';
import { moveDays } from '../warnings/interpret.ts';
import type { Deployment } from '../warnings/deployment.ts';
import { workOutClocks } from './clocks.ts';

/** Maximum number of reminders written as one record. */
const BATCH = 5_000;

/** @returns number of reminders written now; 0 if everybody has been reminded */
export async function remindCounty(
  store: Store,
  { rules, divisions }: Pick<Deployment, 'rules' | 'divisions'>,
  county: string,
): Promise<number> {
  const day = shanghaiDate(store.clock);
  const here = localityAt(rules.parameters, divisions, county, day);
  const soon = moveDays(day, here.number('reminder-days')?.value ?? 0);
  const late = moveDays(day, -(here.number('escalation-days')?.value ?? 0));
  return store.task(async (own) => {
    await workOutClocks(own, { rules, divisions }, { county });
    const due = await own.sql.rows<CasesReminded['reminders'][number]>(`
      SELECT lead_id, township, clock, due, CASE WHEN due < ${literal(late)} THEN 'escalated' WHEN due < ${literal(day)} THEN 'over'
        ELSE 'soon' END AS level
      FROM due_clock WHERE due <= ${literal(soon)} AND ${among('clock', LATE)}
      ORDER BY due, lead_id, clock`);
    let written = 0;
    for (let at = 0; at < due.length; at += BATCH)
      written += await store.alone(async ({ sql, commit }) => {
        const known = await sql.rows<{ name: string }>(
          `SELECT lead_id || clock || due || level AS name FROM case_reminder WHERE county = ${literal(county)}`,
        );
        const told = new Set(known.map(({ name }) => name));
        const fresh = due
          .slice(at, at + BATCH)
          .filter(({ lead_id, clock, due, level }) => !told.has(lead_id + clock + due + level));
        if (fresh.length > 0) await commit('cases.reminded', { county, day, reminders: fresh });
        return fresh.length;
      });
    return written;
  });
}

/** Counties that have open leads, and so possibly due items. */
export async function countiesToRemind({ sql }: Pick<Store, 'sql'>): Promise<string[]> {
  const rows = await sql.rows<{ county: string }>(
    'SELECT DISTINCT county FROM lead ANTI JOIN lead_outcome USING (lead_id) ORDER BY county',
  );
  return rows.map(({ county }) => county);
}
