import { hexOf } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import {
  changedLeadsOf,
  changedWarnings,
  changesOf,
  countChange,
  type EvaluationChange,
} from '../../pipelines/changes.ts';
import { parseMonth } from '../../core/month.ts';
import { monthsRun } from '../../store/history.ts';
import { text, type Invocation } from '../command.ts';
import { writeCsv } from '../csv.ts';
import { withHome, type OpenedHome } from '../open.ts';

const COLUMNS = [
  'month',
  'evaluated_at',
  'change',
  'kind',
  'rule',
  'subject',
  'lead_id',
  'person_id',
  'household_id',
  'county',
  'because',
] as const;

/** e.g. `medical-insurance/settlements 2026-08 v1→v2` */
function words({ because }: EvaluationChange): string {
  if (because.length === 0) return 'rules or figures';
  return because
    .map(
      ({ source, month, from, to }) =>
        `${source} ${month} ${from === null ? 'none' : `v${from}`}→${to === null ? 'withdrawn' : `v${to}`}`,
    )
    .join('; ');
}

async function* rowsOf(
  store: Store,
  changes: readonly EvaluationChange[],
): AsyncGenerator<object[]> {
  for (const change of changes) {
    const same = { month: change.month, evaluated_at: change.at, because: words(change) };
    const ids = `${hexOf('person_id')} AS person_id, ${hexOf('household_id')} AS household_id`;
    for await (const page of store.sql.stream<object>(
      `SELECT change, 'warning' AS kind, rule, subject, NULL AS lead_id, ${ids}, county FROM (${changedWarnings(store, change)}) w
       ORDER BY change, rule, county, w.household_id, w.person_id`,
    ))
      yield page.map((row) => ({ ...same, ...row }));
    for await (const page of store.sql.stream<object>(
      `SELECT change, 'lead' AS kind, NULL AS rule, NULL AS subject, lead_id, ${ids}, county FROM (${changedLeadsOf(change)}) l
       ORDER BY change, lead_id`,
    ))
      yield page.map((row) => ({ ...same, ...row }));
  }
}

export async function run(invocation: Invocation): Promise<void> {
  const only = text(invocation, 'month');
  const show = async ({ store }: OpenedHome): Promise<void> => {
    const months = only === undefined ? await monthsRun(store.sql) : [parseMonth(only)];
    const changes = await changesOf(store, months);
    if (!invocation.json) return writeCsv(invocation, COLUMNS, rowsOf(store, changes));
    const counted = [];
    for (const change of changes)
      counted.push({ evaluated_at: change.at, ...(await countChange(store, change)) });
    return invocation.out(`${JSON.stringify(counted, null, 2)}\n`);
  };
  // With --json only the counts.
  const reads = invocation.json ? null : { route: 'doudi corrections' };
  await withHome(invocation, show, { reads });
}
