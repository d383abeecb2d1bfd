/** A workbook's cell as the text a CSV would hold, with a marker where its column does not accept the stored value. */
import type { Contents } from '../workbook/contents.ts';
import type { SheetCell } from '../workbook/sheet.ts';
import { EXCEL_LIMIT, valueOf } from '../workbook/value.ts';
import { carries } from './carries.ts';
import { dateText, numberText } from './cell-text.ts';
import type { Kind } from './columns.ts';
import { REWRITTEN } from './markers.ts';

const NOTES = {
  formula: 'is a formula, whose saved result may be old: paste it as a value',
  error: 'holds an error of the spreadsheet',
  digits: 'is a number of more than 15 digits, which Excel cannot hold: store it as text',
  number: 'is stored as a number, not as text',
  zeros: 'is stored as a number of another length: leading zeros are lost, store it as text',
  date: 'is a date, as spreadsheets make of what looks like one: store it as text',
  truth: 'is a truth value',
  noDate: 'is not a calendar day',
} as const;

type Told = readonly [text: string, note?: string];

function momentCell(time: number, type: Kind | undefined): Told {
  const wanted = type?.kind;
  const text = dateText(time, wanted);
  return wanted !== undefined && !carries(wanted, 'date')
    ? [REWRITTEN + text.replace(REWRITTEN, ''), NOTES.date]
    : [text];
}

function numberCell(value: number, type: Kind | undefined): Told {
  const wanted = type?.kind;
  if (Math.abs(value) >= EXCEL_LIMIT)
    return [REWRITTEN + numberText(value, wanted).replace(REWRITTEN, ''), NOTES.digits];
  const text = numberText(value, wanted);
  if (wanted !== undefined && !carries(wanted, 'float')) return [REWRITTEN + text, NOTES.number];
  const digits = type?.kind === 'county' ? 6 : type?.kind === 'place' ? type.digits : text.length;
  return text.length < digits ? [text, NOTES.zeros] : [text];
}

function plainCell(cell: SheetCell, type: Kind | undefined, book: Contents): Told {
  const value = valueOf(cell, book);
  switch (value.is) {
    case 'text':
      return [value.text];
    case 'truth':
      return type === undefined || type.kind === 'boolean'
        ? [value.text]
        : [REWRITTEN + value.text, NOTES.truth];
    case 'error':
      return [REWRITTEN + value.text, NOTES.error];
    case 'no-day':
      return [REWRITTEN + value.text, NOTES.noDate];
    case 'moment':
      return momentCell(value.time, type);
    case 'number':
      return numberCell(value.number, type);
  }
}

/**
 * A formula's cached result is not accepted: the writing program may not have recalculated it, and a stale amount looks
 * like a new one. The clerk is told to paste values.
 * @param type kind of the contract's column; absent for a cell outside the contract
 */
export function cellText(cell: SheetCell, type: Kind | undefined, book: Contents): Told {
  if (!cell.formula || type === undefined) return plainCell(cell, type, book);
  const text = cell.value === '' ? '' : plainCell(cell, undefined, book)[0].replace(REWRITTEN, '');
  return [REWRITTEN + text, NOTES.formula];
}
