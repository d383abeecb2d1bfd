/** publish: counts per month, county, rule and status into the published file; no id of anyone is among them. */
import { existsSync, readFileSync } from 'node:fs';
import { shanghaiDate } from '../../core/clock.ts';
import { publishedFile, writePublished } from '../../core/store/published.ts';
import { literal } from '../../core/store/sql.ts';
import type { Store } from '../../core/store/store.ts';
import { leadsOfMonth } from '../../leads/list.ts';
import type { WorkOffice } from '../work/asked.ts';
import { tabulateWork } from '../work/tables.ts';

/** Tables that are one SELECT over the ledger: `-- table: name` heads each. */
const TABLES = Object.fromEntries(
  readFileSync(new URL('publish.sql', import.meta.url), 'utf8')
    .split(/^-- table: /m)
    .slice(1)
    .map((part) => {
      const line = part.indexOf('\n');
      return [part.slice(0, line).trim(), part.slice(line + 1)] as const;
    }),
);

/** Quality of what each department handed in, per month: the SELECT behind the table `source_quality`. */
export const SOURCE_QUALITY = TABLES['source_quality'] ?? '';

/** Cards of every month that was run, as they stood at its end. */
async function standingLeads(store: Store): Promise<void> {
  const months = await store.sql.rows<{ month: string }>(
    "SELECT DISTINCT month FROM step_record WHERE step = 'openLeads' ORDER BY month",
  );
  await store.sql.run(`CREATE OR REPLACE TEMP TABLE standing_lead
    (month VARCHAR, county VARCHAR, direction VARCHAR, priority INTEGER, status VARCHAR, opened_month VARCHAR, rules VARCHAR)`);
  for (const { month } of months)
    await store.sql.run(`SET VARIABLE month = ${literal(month)};
      INSERT INTO standing_lead SELECT ${literal(month)}, county, direction, priority, status, opened_month, rules FROM (${leadsOfMonth})`);
}

/** Journal number and day that the published file was made from; null: there is none. */
let published: { readonly home: string; readonly seq: number; readonly day: string } | null = null;

/**
 * Publishes what the ledger says now. Nothing to do when it was published in this state and on this day: what is overdue
 * changes overnight.
 * @returns whether a new file stands
 */
export async function publish(store: Store, office: WorkOffice): Promise<boolean> {
  const seq = store.records.length;
  const day = shanghaiDate(store.clock);
  if (
    published?.home === store.home.root &&
    published.seq === seq &&
    published.day === day &&
    existsSync(publishedFile(store.home))
  )
    return false;
  await standingLeads(store);
  await tabulateWork(store, office);
  await writePublished(store.sql, store.home, {
    info: `SELECT ${seq}::BIGINT AS seq, ${literal(store.clock.now().toISOString())} AS published_at`,
    ...TABLES,
  });
  published = { home: store.home.root, seq, day };
  return true;
}
