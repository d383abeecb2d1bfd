/** Published figures on the offices' work: what each county has from each department, and how many items are open. */
import { WINDOW_MONTHS } from '../../files/extract/contract.ts';
import { readFileSync } from 'node:fs';
import { shanghaiDate } from '../../core/clock.ts';
import { addMonths, isMonth, lastDay, type Month } from '../../core/month.ts';
import { literal, textList } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { lookUp } from '../../warnings/parameters.ts';
import { workRulesInForce } from '../../warnings/rule-book.ts';
import type { Alarm } from '../../warnings/alarms.ts';
import { monthsRun } from '../../store/history.ts';
import { fill, prepare, type WorkDeployment } from './asked.ts';
import { findWork } from './evaluate.ts';

const SQL = readFileSync(new URL('tables.sql', import.meta.url), 'utf8');

/** Months whose open items are published. */
const SHOWN_MONTHS = 3;

/** Days after the end of the month by which an extract is due, by month and county; empty where no figure is set. */
function dueDays({ divisions, rules }: WorkDeployment, months: readonly Month[]): string[][] {
  return months.flatMap((month) =>
    divisions.counties.flatMap(({ code }) => {
      const found = lookUp(
        rules.parameters,
        divisions,
        'extract-due-days',
        code,
        lastDay(month),
        {},
      );
      return found === null ? [] : [[literal(month), literal(code), String(found.value)]];
    }),
  );
}

/**
 * Creates the temporary tables `extract_of_month` (every month with data within a year of the newest) and
 * `work_item_of_month` (items open today, in the newest months run), without any personal id.
 */
export async function tabulateWork(
  store: Store,
  deployment: WorkDeployment,
  alarms: (month: Month) => Promise<readonly Alarm[]>,
): Promise<void> {
  const { sql } = store;
  await sql.run(`CREATE OR REPLACE TEMP TABLE extract_of_month (month VARCHAR, agency VARCHAR, dataset VARCHAR, county VARCHAR,
      version INTEGER, rows BIGINT, quarantined BIGINT, received_on DATE, late_days INTEGER);
    CREATE OR REPLACE TEMP TABLE work_item_of_month (month VARCHAR, rule VARCHAR, county VARCHAR, items BIGINT)`);
  const came = await sql.rows<{ month: string }>(
    'SELECT DISTINCT month FROM extract_version ORDER BY month',
  );
  const newest = came
    .map(({ month }) => month)
    .filter(isMonth)
    .at(-1);
  if (newest === undefined) return;
  const on = shanghaiDate(store.clock);
  const from = addMonths(newest, 1 - WINDOW_MONTHS);
  // `doudi work` answers for older ones: nobody chases last year's village report every day.
  const run = (await monthsRun(sql)).filter((month) => month >= from && month <= newest);
  const shown = run.slice(-SHOWN_MONTHS);
  // A case is late today, whatever the month: it is listed under the newest one only.
  const ofCases = workRulesInForce(deployment.rules).filter(({ subject }) => subject === 'case');
  for (const month of shown) {
    await findWork({ store, deployment, month, on, alarms: await alarms(month) });
    const others = month === shown.at(-1) ? [] : ofCases.map(({ id }) => id);
    await sql.run(
      `INSERT INTO work_item_of_month SELECT ${literal(month)}, rule, county, count(*) FROM work_found
       WHERE rule NOT IN (SELECT unnest(${textList(others)})) GROUP BY rule, county`,
    );
  }
  const months = came
    .map(({ month }) => month)
    .filter(isMonth)
    .filter((month) => month >= from);
  await prepare({ store, deployment, month: newest, on }, from);
  await fill(
    store,
    'work_due',
    'month VARCHAR, county VARCHAR, days INTEGER',
    dueDays(deployment, months),
  );
  await sql.run(`SET VARIABLE province = ${literal(deployment.divisions.province.code)}; ${SQL}`);
}
