/**
 * Months as `YYYY-MM`. All dates of the pipeline are calendar dates in Asia/Shanghai;
 * no JavaScript `Date` takes part, so no time zone can shift a day.
 */
import { usageError } from './errors.ts';

export type Month = string & { readonly __month: unique symbol };

/** The written form of a month. */
export const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

export function isMonth(text: string): text is Month {
  return MONTH.test(text);
}

/** @throws MonitorError `usage` when the text is not `YYYY-MM`. */
export function parseMonth(text: string): Month {
  if (!isMonth(text))
    throw usageError(`'${text}' is not a month`, 'write it as YYYY-MM, e.g. 2026-10');
  return text;
}

/** Months since year 0: the number that ages and distances are computed with. */
export function monthIndex(month: Month): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

export function monthFromIndex(index: number): Month {
  const year = Math.floor(index / 12);
  return `${String(year).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}` as Month;
}

export function addMonths(month: Month, count: number): Month {
  return monthFromIndex(monthIndex(month) + count);
}

/** `YYYY-MM-01` */
export function firstDay(month: Month): string {
  return `${month}-01`;
}

/** The first instant of a month in Asia/Shanghai, milliseconds since 1970. */
export function monthStart(month: Month): number {
  return Date.parse(`${month}-01T00:00:00+08:00`);
}

/** The end of a month is its last day (contracts.md section 3): `YYYY-MM-DD`. */
export function lastDay(month: Month): string {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5, 7));
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][number - 1] ?? 31;
  return `${month}-${String(days).padStart(2, '0')}`;
}

/** Parses `2026-01..2026-10` or one month; the months in order, both ends included. */
export function parseMonthRange(text: string): Month[] {
  const parts = text.split('..');
  const from = parseMonth(parts[0] ?? '');
  const to = parts.length > 1 ? parseMonth(parts[1] ?? '') : from;
  if (parts.length > 2 || to < from) {
    throw usageError(
      `'${text}' is not a range of months`,
      'write it as A..B, e.g. 2026-01..2026-10',
    );
  }
  const months: Month[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** Whether the text is a real calendar day `YYYY-MM-DD`: 2023-02-30 is not. */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}
