/**
 * publish: writes counts per month, county, rule and status into the published file, without any personal id. The
 * one table that is not a count, `urgent_lead`, lists cards by id, for civil affairs' own scope (docs/privacy.md).
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { shanghaiDate } from '../core/clock.ts';
import type { Month } from '../core/month.ts';
import { copyPublished, publishedFile, writePublished } from '../store/published.ts';
import { literal } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { leadsOfMonth } from '../cases/lead/list.ts';
import { alarmsOnce, type Alarm } from '../warnings/alarms.ts';
import type { Deployment } from '../warnings/deployment.ts';
import { monthsRun, sourcesEver } from '../store/history.ts';
import { triedRules } from './backtests.ts';
import { dueTimes } from './calendar.ts';
import { tabulateCases } from './cases.ts';
import { figureEvents, journalDays } from './events.ts';
import {
  countyNames,
  listNames,
  programmeNames,
  ruleNames,
  sourceNames,
  workRuleNames,
} from './names.ts';
import { countPersons } from './people.ts';
import { valuesOf } from './values.ts';
import { tabulateWork } from '../exchange/work-items/tables.ts';
import { SOURCE_QUALITY } from '../exchange/answers/quality.ts';

/** Tables defined by one SELECT over the ledger, each headed `-- table: name`. */
const TABLES: Readonly<Record<string, string>> = Object.fromEntries([
  ['source_quality', SOURCE_QUALITY] as const,
  ...['publish.sql', 'publish-panels.sql', 'publish-cases.sql'].flatMap((file) =>
    readFileSync(new URL(file, import.meta.url), 'utf8')
      .split(/^-- table: /m)
      .slice(1)
      .map((part) => {
        const line = part.indexOf('\n');
        return [part.slice(0, line).trim(), part.slice(line + 1)] as const;
      }),
  ),
]);

/** Cards of every month run, as they stood at its end. */
async function standingLeads(store: Store): Promise<void> {
  const months = await store.sql.rows<{ month: string }>(
    "SELECT DISTINCT month FROM step_record WHERE step = 'openLeads' ORDER BY month",
  );
  await store.sql.run(`CREATE OR REPLACE TEMP TABLE standing_lead
    (month VARCHAR, lead_id VARCHAR, county VARCHAR, township VARCHAR, direction VARCHAR, priority INTEGER, status VARCHAR,
     opened_month VARCHAR, rules VARCHAR)`);
  for (const { month } of months)
    await store.sql.run(`SET VARIABLE month = ${literal(month)};
      INSERT INTO standing_lead SELECT ${literal(month)}, lead_id, county, township, direction, priority, status, opened_month, rules FROM (${leadsOfMonth})`);
}

/** Rules of a month with no hits or an unusual number of hits. */
function alarmRows(month: Month, found: readonly Alarm[]): string {
  return valuesOf(
    { month: 'text', rule: 'text', kind: 'text', hits: 'whole', usual: 'whole' },
    found.map(({ rule, kind, hits, usual }) => [month, rule, kind, hits, Math.round(usual)]),
  );
}

/** Secret used to round counts for outside readers; carried over from file to file unchanged. */
async function salt({ sql, home }: Store): Promise<string> {
  const kept = await copyPublished(sql, home, 'salt', 'salt_before');
  return kept ? 'SELECT secret FROM salt_before' : `SELECT ${literal(randomUUID())} AS secret`;
}

/** Tables that need more than a SELECT over the ledger. */
async function further(
  store: Store,
  deployment: Deployment,
  alarms: (month: Month) => Promise<readonly Alarm[]>,
): Promise<Record<string, string>> {
  const run = await monthsRun(store.sql);
  const first = run[0];
  const newest = run.at(-1);
  const came = await sourcesEver(store.sql);
  await countPersons(store, newest ?? ('0000-00' as Month));
  await store.sql.run(
    `CREATE OR REPLACE TEMP TABLE figure_event AS ${figureEvents(deployment.rules, deployment.divisions)}`,
  );
  return {
    salt: await salt(store),
    county: countyNames(deployment.divisions),
    rule: ruleNames(deployment.rules),
    work_rule: workRuleNames(deployment.rules),
    programme: programmeNames(),
    ...(await listNames()),
    source_name: sourceNames(deployment, (source) => came.has(source)),
    person_month: 'SELECT * FROM person_month ORDER BY month, county, programme',
    journal_day: journalDays(store),
    calendar: dueTimes(store, deployment, first ?? ('9999-12' as Month)),
    alarm: alarmRows(
      newest ?? ('0000-01' as Month),
      newest === undefined ? [] : await alarms(newest),
    ),
    backtest: triedRules(deployment.divisions),
    ...(await tabulateCases(store, deployment)),
  };
}

/**
 * Updates the published file from the ledger, if the file exists: `serve` creates the first one, and a home that is
 * not served has no reader.
 * @returns whether a new file was written
 */
export async function refreshPublished(store: Store, deployment: Deployment): Promise<boolean> {
  return existsSync(publishedFile(store.home)) && publish(store, deployment);
}

/** Journal number and day of the published file; null: it does not exist. */
let published: { readonly home: string; readonly seq: number; readonly day: string } | null = null;

/**
 * Publishes the ledger's current state. Does nothing if that state was already published on this day: what is
 * overdue changes overnight.
 * @returns whether a new file was written
 */
export async function publish(store: Store, deployment: Deployment): Promise<boolean> {
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
  const alarms = alarmsOnce({ store, divisions: deployment.divisions, rules: deployment.rules });
  await tabulateWork(store, deployment, alarms);
  const more = await further(store, deployment, alarms);
  await writePublished(store.sql, store.home, {
    info: `SELECT ${seq}::BIGINT AS seq, ${literal(store.clock.now().toISOString())} AS published_at`,
    ...more,
    ...TABLES,
  });
  published = { home: store.home.root, seq, day };
  return true;
}
