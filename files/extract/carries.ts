/**
 * Which stored types of a typed file (Parquet, Arrow, a workbook's cells) carry which column of a contract as it is.
 * Nothing is cast on the way: a value is written out as text, in full, and then matched like the text of a CSV.
 */
import { Refused } from '../../core/refused.ts';
import type { Kind } from './columns.ts';

export type Stored =
  | 'text'
  | 'uuid'
  | 'boolean'
  | 'integer'
  | 'decimal'
  /** Binary floating point: only a value that its shortest decimal text names exactly is taken. */
  | 'float'
  | 'date'
  /** A moment: only midnight is a date. */
  | 'timestamp'
  | 'other';

/**
 * Whole numbers are taken for codes, dates written as 20261001 and labels such as 110. A date is not taken for a text
 * or a code: a spreadsheet makes dates of what looks like one.
 */
const NUMBERS = ['integer', 'decimal', 'float'] as const;
const CARRIES: Readonly<Record<Kind['kind'], readonly Stored[]>> = {
  id: ['text', 'uuid'],
  county: ['text', ...NUMBERS],
  place: ['text', ...NUMBERS],
  choice: ['text', ...NUMBERS],
  boolean: ['text', 'boolean', ...NUMBERS],
  money: ['text', ...NUMBERS],
  integer: ['text', ...NUMBERS],
  date: ['text', 'date', 'timestamp', ...NUMBERS],
  month: ['text', 'date', 'timestamp', ...NUMBERS],
  text: ['text', 'uuid', ...NUMBERS],
};

export const carries = (kind: Kind['kind'], stored: Stored): boolean =>
  CARRIES[kind].includes(stored);

/** Kinds whose cells are numbers with decimals; every other kind takes whole numbers only. */
export const hasDecimals = (kind: Kind['kind']): boolean => kind === 'money';

/** Whole numbers from here on are no longer told apart as 64-bit floating point. */
export const DOUBLE_LIMIT = 2 ** 53;
/** The same for 32 bits. */
export const SINGLE_LIMIT = 2 ** 24;
/** From here on neighbouring 32-bit numbers lie more than a fen apart, and two amounts become one. */
export const SINGLE_MONEY_LIMIT = 2 ** 17;

/** @param type as the file calls it */
export function cannotCarry(column: string, type: string, accepts: string): Refused {
  return new Refused('unreadable', `column '${column}' is stored as ${type}`, {
    line: 1,
    column,
    accepts,
  });
}
