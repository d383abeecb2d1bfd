/** The value of a stored cell, regardless of its column. */
import { unescape, type Contents } from './contents.ts';
import type { SheetCell } from './sheet.ts';
import { unreadable } from './zip.ts';

export type SheetValue =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'number'; readonly number: number }
  /** Milliseconds since 1970 in the writer's local time. */
  | { readonly is: 'moment'; readonly time: number }
  | { readonly is: 'truth'; readonly text: 'true' | 'false' }
  /** A spreadsheet error, or an invalid number. */
  | { readonly is: 'error'; readonly text: string }
  /** Formatted as a day, but not a calendar day. */
  | { readonly is: 'no-day'; readonly text: string };

/** From here on whole numbers exceed the 15 digits that Excel keeps: the rest become zeros. */
export const EXCEL_LIMIT = 1e15;
/** 9999-12-31 */
const LAST_SERIAL = 2_958_465;

/** @returns milliseconds of the day, or null: 1900 was no leap year, and day 60 of the older count never was */
function dayOf(serial: number, from1904: boolean): number | null {
  if (!(serial >= (from1904 ? 0 : 1)) || serial > LAST_SERIAL) return null;
  const time = Math.round(serial * 86_400) * 1000;
  if (from1904) return Date.UTC(1904, 0, 1) + time;
  if (Math.floor(serial) === 60) return null;
  return Date.UTC(1899, 11, serial < 60 ? 31 : 30) + time;
}

function numberOf(cell: SheetCell, book: Contents): SheetValue {
  const number = Number(cell.value);
  if (cell.value.trim() === '' || !Number.isFinite(number))
    return { is: 'error', text: cell.value };
  if (!book.dates.has(cell.style)) return { is: 'number', number };
  const time = dayOf(number, book.from1904);
  return time === null ? { is: 'no-day', text: cell.value } : { is: 'moment', time };
}

function momentOf(written: string): SheetValue {
  const time = Date.parse(written.includes('T') ? `${written.replace(/Z$/, '')}Z` : written);
  return Number.isNaN(time) ? { is: 'no-day', text: written } : { is: 'moment', time };
}

/** @throws Refused `unreadable` */
export function valueOf(cell: SheetCell, book: Contents): SheetValue {
  switch (cell.type) {
    case 's': {
      const text = book.texts[Number(cell.value)];
      if (text === undefined) throw unreadable('a cell of the workbook refers to a missing text');
      return { is: 'text', text };
    }
    case 'str':
      return { is: 'text', text: unescape(cell.value) };
    case 'inlineStr':
      return { is: 'text', text: cell.value };
    case 'b':
      return { is: 'truth', text: ['1', 'true'].includes(cell.value) ? 'true' : 'false' };
    case 'e':
      return { is: 'error', text: cell.value };
    case 'd':
      return momentOf(cell.value);
    case 'n':
      return numberOf(cell, book);
    default:
      throw unreadable('a cell of the workbook is of an unknown kind');
  }
}

/** Digits in full, never an exponent: the identifier search looks at digits. */
export const inFull = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e30 ? BigInt(value).toString() : String(value);
