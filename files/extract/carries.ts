/**
 * Which stored types of a typed file (Parquet, Arrow, a workbook's cells) are accepted for which contract columns.
 * Nothing is cast: a value is written out in full as text and then matched like the text of a CSV.
 */
import { Refused } from '../../core/refused.ts';
import type { Kind } from './columns.ts';

export type Stored =
  | 'text'
  | 'uuid'
  | 'boolean'
  | 'integer'
  | 'decimal'
  /** Binary floating point: only values exactly given by their shortest decimal text are accepted. */
  | 'float'
  | 'date'
  /** A timestamp: accepted as a date only at midnight. */
  | 'timestamp'
  | 'other';

/**
 * Whole numbers are accepted for codes, dates written as 20261001 and labels such as 110. A date is not accepted for a
 * text or code: spreadsheets turn anything that looks like a date into one.
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

/** Kinds that accept decimals; every other kind accepts whole numbers only. */
export const hasDecimals = (kind: Kind['kind']): boolean => kind === 'money';

/** From here on 64-bit floats no longer distinguish all whole numbers. */
export const DOUBLE_LIMIT = 2 ** 53;
/** The same for 32 bits. */
export const SINGLE_LIMIT = 2 ** 24;
/** From here on neighbouring 32-bit floats are more than a fen apart, so that two amounts become one. */
export const SINGLE_MONEY_LIMIT = 2 ** 17;

/** @param type as named in the file */
export function cannotCarry(column: string, type: string, accepts: string): Refused {
  return new Refused('unreadable', `column '${column}' is stored as ${type}`, {
    line: 1,
    column,
    accepts,
  });
}
