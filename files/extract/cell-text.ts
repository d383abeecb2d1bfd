/** A typed value as the text a CSV would hold, as parquet.ts does in SQL. */
import { inFull } from '../workbook/value.ts';
import { DOUBLE_LIMIT, hasDecimals } from './carries.ts';
import type { Kind } from './columns.ts';
import { REWRITTEN } from './markers.ts';

/** Kind of the contract's column; absent for a column that is ignored. */
export type WantedKind = Kind['kind'] | undefined;

/**
 * @param limits from which whole numbers, and numbers with decimals, are no longer distinguishable
 * @returns a marked text where the number may not be what was written, or is invalid for this kind of column
 */
export function numberText(
  value: number,
  wanted: WantedKind,
  limits: { readonly whole: number; readonly fraction: number } = {
    whole: DOUBLE_LIMIT,
    fraction: DOUBLE_LIMIT,
  },
): string {
  if (Number.isInteger(value) && Math.abs(value) < limits.whole) return inFull(value);
  const decimals = wanted === undefined || hasDecimals(wanted);
  if (!Number.isInteger(value) && decimals && Math.abs(value) < limits.fraction)
    return String(value);
  return REWRITTEN + inFull(value);
}

const DAY = 86_400_000;

/** @param time milliseconds since 1970 in the writer's local time */
export function dateText(time: number, wanted: WantedKind): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return `${REWRITTEN}${time}`;
  const text = date.toISOString();
  if (!Number.isInteger(time) || time % DAY !== 0) return REWRITTEN + text;
  const day = text.slice(0, text.indexOf('T'));
  return wanted === 'month' && day.endsWith('-01') ? day.slice(0, -3) : day;
}

const SHANGHAI = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  calendar: 'iso8601',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** An instant as Shanghai local time, whose offset was not always eight hours. */
export function localTime(moment: number): number {
  if (!Number.isFinite(new Date(moment).getTime())) return Number.NaN;
  const part = Object.fromEntries(
    SHANGHAI.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((moment % 1000) + 1000) % 1000);
}
