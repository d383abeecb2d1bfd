/** Shared by the routes: known months and counties. */
import { MonitorError } from '../core/errors.ts';
import { parseMonth, type Month } from '../core/month.ts';
import type { Division, Divisions } from '../core/region.ts';
import type { Published } from '../store/published.ts';

/** Months that were run, ascending. */
export async function runMonths(published: Published): Promise<Month[]> {
  const rows = await published.rows<{ month: Month }>('SELECT month FROM month ORDER BY month');
  return rows.map(({ month }) => month);
}

/** @throws MonitorError `usage`, `not-run` */
export async function monthThatWasRun(published: Published, text: string): Promise<Month> {
  const month = parseMonth(text);
  if (!(await runMonths(published)).includes(month))
    throw new MonitorError('not-run', `${month} has not been run`, {
      fix: `doudi run --month ${month} --inbox DIR`,
    });
  return month;
}

/** @throws MonitorError `unknown` */
export function countyOf(divisions: Divisions, code: string): Division {
  const division = divisions.find(code);
  if (division?.level !== 'county')
    throw new MonitorError('unknown', `${code} is no county of ${divisions.province.name}`);
  return division;
}

/** Name of a county's prefecture. */
export function prefectureOf(divisions: Divisions, county: Division): string {
  return divisions.find(county.parent ?? '')?.name ?? '';
}
