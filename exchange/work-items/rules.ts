/** The subject `rule`: rules whose number of warnings raises an alarm in the month, province-wide. */
import { literal } from '../../store/sql.ts';
import { alarmsToSignOff } from '../../warnings/alarms.ts';
import type { WorkQuestion } from './asked.ts';

/**
 * Fills `work_rule`.
 * @returns false if the month had not been run by the day, so nothing is known
 */
export async function fillRules({
  store,
  deployment,
  month,
  on,
  alarms,
}: WorkQuestion): Promise<boolean> {
  const [run] = await store.sql.rows<{ day: string }>(
    `SELECT max(work_date(recorded_at))::VARCHAR AS day FROM step_record
     WHERE step = 'warn' AND month = ${literal(month)} AND work_date(recorded_at) <= DATE ${literal(on)} HAVING count(*) > 0`,
  );
  if (run === undefined) return false;
  const open = new Set((await alarmsToSignOff(store, month, alarms)).map(({ rule }) => rule));
  const rows = alarms.map(({ rule, hits, usual }) => {
    const place = [rule, deployment.divisions.province.code, run.day].map(literal);
    return `(${[...place, 'true', String(!open.has(rule)), String(hits), String(Math.round(usual))].join(', ')})`;
  });
  if (rows.length > 0)
    await store.sql.run(`INSERT INTO work_rule BY NAME
      SELECT * REPLACE (since::DATE AS since) FROM (VALUES ${rows.join(', ')})
        t(subject_id, county, since, "rule.unusual", "rule.signed", "rule.hits", "rule.usual")`);
  return true;
}
