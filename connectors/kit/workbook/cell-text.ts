/** What a stored cell says, as the text that a CSV would hold. */
import { carries } from '../carries.ts';
import { dateText, numberText } from '../cell-text.ts';
import type { Kind } from '../columns.ts';
import { MARK } from '../marks.ts';
import { unescape, type Contents } from './contents.ts';
import type { Cell } from './sheet.ts';
import { unreadable } from './zip.ts';

/** Whole numbers from here on have more than the 15 digits that Excel keeps: the rest is zeros. */
const KEPT = 1e15;
/** 9999-12-31 */
const LAST_SERIAL = 2_958_465;

const NOTES = {
  formula: 'is a formula, whose saved result may be old: paste it as a value',
  error: 'holds an error of the spreadsheet',
  digits: 'is a number of more than 15 digits, which Excel cannot hold: store it as text',
  number: 'is stored as a number, not as text',
  zeros: 'is stored as a number of another length: leading zeros are lost, store it as text',
  date: 'is a date, as spreadsheets make of what looks like one: store it as text',
  truth: 'is a truth value',
  noDate: 'is no day of the calendar',
} as const;

/** @returns milliseconds of the day, or null: 1900 was no leap year, and day 60 of the older count never was */
function dayOf(serial: number, from1904: boolean): number | null {
  if (!(serial >= (from1904 ? 0 : 1)) || serial > LAST_SERIAL) return null;
  const time = Math.round(serial * 86_400) * 1000;
  if (from1904) return Date.UTC(1904, 0, 1) + time;
  if (Math.floor(serial) === 60) return null;
  return Date.UTC(1899, 11, serial < 60 ? 31 : 30) + time;
}

type Told = readonly [text: string, note?: string];

function numberCell(cell: Cell, type: Kind | undefined, book: Contents): Told {
  const value = Number(cell.value);
  if (cell.value.trim() === '' || !Number.isFinite(value)) return [MARK + cell.value, NOTES.error];
  const wanted = type?.kind;
  if (book.dates.has(cell.style)) {
    const day = dayOf(value, book.from1904);
    if (day === null) return [`${MARK}${cell.value}`, NOTES.noDate];
    if (wanted !== undefined && !carries(wanted, 'date'))
      return [MARK + dateText(day, wanted).replace(MARK, ''), NOTES.date];
    return [dateText(day, wanted)];
  }
  if (Math.abs(value) >= KEPT)
    return [MARK + numberText(value, wanted).replace(MARK, ''), NOTES.digits];
  const text = numberText(value, wanted);
  if (wanted !== undefined && !carries(wanted, 'float')) return [MARK + text, NOTES.number];
  const digits = type?.kind === 'county' ? 6 : type?.kind === 'place' ? type.digits : text.length;
  return text.length < digits ? [text, NOTES.zeros] : [text];
}

function plainCell(cell: Cell, type: Kind | undefined, book: Contents): Told {
  switch (cell.type) {
    case 's': {
      const text = book.texts[Number(cell.value)];
      if (text === undefined)
        throw unreadable('a cell of the workbook names a text that is not there');
      return [text];
    }
    case 'str':
      return [unescape(cell.value)];
    case 'inlineStr':
      return [cell.value];
    case 'b': {
      const text = cell.value === '1' || cell.value === 'true' ? 'true' : 'false';
      return type === undefined || type.kind === 'boolean' ? [text] : [MARK + text, NOTES.truth];
    }
    case 'e':
      return [MARK + cell.value, NOTES.error];
    case 'd': {
      const time = Date.parse(
        cell.value.includes('T') ? `${cell.value.replace(/Z$/, '')}Z` : cell.value,
      );
      if (type !== undefined && !carries(type.kind, 'date')) return [MARK + cell.value, NOTES.date];
      return [dateText(time, type?.kind)];
    }
    case 'n':
      return numberCell(cell, type, book);
    default:
      throw unreadable('a cell of the workbook is of no known kind');
  }
}

/**
 * A formula's saved result is not taken: the program that wrote the file need not have worked it out again, and an old
 * amount looks like a new one. The clerk is told to paste values.
 * @param type kind of the contract's column; absent for a cell outside of it
 */
export function cellText(cell: Cell, type: Kind | undefined, book: Contents): Told {
  if (!cell.formula || type === undefined) return plainCell(cell, type, book);
  const text = cell.value === '' ? '' : plainCell(cell, undefined, book)[0].replace(MARK, '');
  return [MARK + text, NOTES.formula];
}
