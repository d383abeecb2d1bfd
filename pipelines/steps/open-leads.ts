/** openLeads: one card per home and direction; new warnings join, vanished ones are struck, nothing is deleted. */
import { lastDay } from '../../core/month.ts';
import { literal } from '../../store/sql.ts';
import { workOutLeads, type CountyRest } from '../../cases/lead/open.ts';
import { rulesInForce } from '../../warnings/rule-book.ts';
import type { FigureName } from '../../warnings/figure-names.ts';
import { lookUp } from '../../warnings/parameters.ts';
import type { RunContext } from '../context.ts';
import { runStep } from './step.ts';
import { fingerprint, type LastRecord } from '../../store/step-record.ts';

function restOf({
  divisions,
  rules,
  month,
}: Pick<RunContext, 'month' | 'divisions' | 'rules'>): CountyRest[] {
  const figure = (name: FigureName, county: string): number =>
    Number(lookUp(rules.parameters, divisions, name, county, lastDay(month), {})?.value ?? 0);
  return divisions.counties.map(({ code }) => ({
    county: code,
    sleepMonths: figure('lead-sleep-months', code),
    worseShare: figure('lead-worse-share', code),
  }));
}

export async function openLeads(
  context: Pick<RunContext, 'month' | 'store' | 'divisions' | 'rules' | 'progress' | 'steps'>,
  warnings: LastRecord,
): Promise<{ changed: boolean; record: LastRecord }> {
  const { store, month } = context;
  const rest = restOf(context);
  // What has happened to leads since: outcomes, and the leads of earlier months.
  const [since] = await store.sql.rows<{ seq: string }>(
    `SELECT greatest((SELECT coalesce(max(seq), 0) FROM lead_answer), (SELECT coalesce(max(seq), 0) FROM lead_event WHERE month < ${literal(month)})) AS seq`,
  );
  // The fingerprint, not the files: a record after that of `warn` shows that the cards have followed it.
  const print = fingerprint([warnings.fingerprint, rest, since?.seq ?? '0']);
  return runStep(context, 'openLeads', print, async () => {
    const counts = await workOutLeads(
      store.sql,
      month,
      rest,
      rulesInForce(context.rules)
        .filter(({ maturity }) => maturity === 'trial')
        .map(({ id }) => id),
    );
    const files = {
      ...(counts.opened > 0
        ? { lead: await store.decide('SELECT * FROM opening ORDER BY lead_id') }
        : {}),
      ...(counts.opened + counts.updated + counts.struck > 0
        ? {
            lead_event: await store.decide(
              'SELECT * FROM event ORDER BY lead_id, rule, person_id, action',
            ),
          }
        : {}),
    };
    return {
      rows: counts.opened + counts.updated + counts.struck,
      counts: { ...counts },
      files,
      detail: [],
    };
  });
}
