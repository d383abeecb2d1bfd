/** What the routes share: months and counties out of a request, and who may have the answer. */
import { usageError, MonitorError } from '../core/errors.ts';
import { parseMonth, type Month } from '../core/month.ts';
import type { Division, Divisions } from '../core/region.ts';
import type { Published } from '../core/store/published.ts';

/** One value of a query; a repeated key is a mistake. @throws MonitorError `usage` */
export function one(query: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw usageError(`${name} is given more than once`);
  return value;
}

/** @throws MonitorError `usage` */
export function choice<T extends string>(
  query: Readonly<Record<string, unknown>>,
  name: string,
  known: readonly T[],
): T | undefined {
  const value = one(query, name);
  if (value === undefined) return undefined;
  const found = known.find((candidate) => candidate === value);
  if (found === undefined)
    throw usageError(`'${name}' is one of ${known.join(', ')}`, 'leave it out for all');
  return found;
}

/** @throws MonitorError `usage` */
export function count(
  query: Readonly<Record<string, unknown>>,
  name: string,
  fallback: number,
  most: number,
): number {
  const value = one(query, name);
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw usageError(`'${name}' is a whole number from 1 to ${most}`);
  return number;
}

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

/** Name of the prefecture that a county belongs to. */
export function prefectureOf(divisions: Divisions, county: Division): string {
  return divisions.find(county.parent ?? '')?.name ?? '';
}
