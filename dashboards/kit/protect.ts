/**
 * Counts as other readers than civil affairs' own see them (promise G24): nothing below a minimum (10), and no exact count.
 *
 * The published cells themselves are rounded to multiples of 5 before a query adds them up (fenced.ts), and a sum that
 * is then below 10 is masked here. Whatever is shown, in whatever combination, is thus worked out from the rounded
 * cells, so no total gives away a part: a cell rounded to 0 is anything from 0 to 4, one rounded to 5 anything from 1
 * to 9. Rounding each total by itself from the exact one would not do: two masked parts of 9 beside their total of 20
 * (18 to 22) can only be 9 and 9. Ratios come from the figures as shown.
 */
import type { Column } from './metric.ts';

/** The parameters `disclosure-minimum` (smallest count that is shown) and `disclosure-rounding` (what counts are rounded to). */
export interface Disclosure {
  readonly minimum: number;
  readonly rounding: number;
}

export type Cell = string | number | null;
export type Row = Record<string, Cell>;

/** A sum of rounded cells, or a number that a query counted itself. @returns null where it is too small to be shown */
function protectCount(count: number, { minimum, rounding }: Disclosure): number | null {
  return count < minimum ? null : Math.round(count / rounding) * rounding;
}

/** Names of the columns of a row that are masked, joined by spaces; a column of every answer that holds counts. */
export const MASKED = 'masked';

export function holdsCounts(columns: Readonly<Record<string, Column>>): boolean {
  return Object.values(columns).some(({ type }) => type === 'count');
}

/** A row as a protected reader sees it. */
export function protectRow(
  row: Row,
  columns: Readonly<Record<string, Column>>,
  disclosure: Disclosure,
): Row {
  const shown: Row = { ...row };
  const masked: string[] = [];
  for (const [name, { type }] of Object.entries(columns)) {
    const value = row[name];
    if (type !== 'count' || typeof value !== 'number') continue;
    shown[name] = protectCount(value, disclosure);
    if (shown[name] === null) masked.push(name);
  }
  return holdsCounts(columns) ? { ...shown, [MASKED]: masked.join(' ') } : shown;
}

/** Whether any count of a row is shown. */
export function showsCount(row: Row, columns: Readonly<Record<string, Column>>): boolean {
  return Object.entries(columns).some(([name, { type }]) => type === 'count' && row[name] !== null);
}

/** Fills the ratios in, from what stands in the row. */
export function withRatios(row: Row, columns: Readonly<Record<string, Column>>): Row {
  const filled: Row = { ...row };
  for (const [name, column] of Object.entries(columns)) {
    if (column.type !== 'ratio') continue;
    const [part, whole] = column.of.map((of) => row[of] ?? null);
    filled[name] =
      typeof part === 'number' && typeof whole === 'number' && whole > 0
        ? Math.round((part / whole) * 10_000) / 10_000
        : null;
  }
  return filled;
}
