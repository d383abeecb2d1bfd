/**
 * Counts as other readers than civil affairs' own see them (promise G24): nothing below a minimum (10), and no exact count.
 *
 * The published cells themselves are rounded to multiples of 5 before a query adds them up (fenced.ts), and a sum that
 * is then below 10 is masked here. Whatever is shown, in whatever combination, is thus worked out from the rounded
 * cells, so no total gives away a part: a cell rounded to 0 is anything from 0 to 4, one rounded to 5 anything from 1
 * to 9. Rounding each total by itself from the exact one would not do: two masked parts of 9 beside their total of 20
 * (18 to 22) can only be 9 and 9. Ratios come from the figures as shown.
 */
import type { ColumnType } from './metric.ts';

/** The parameters `disclosure-minimum` (smallest count that is shown) and `disclosure-rounding` (what counts are rounded to). */
export interface Disclosure {
  readonly minimum: number;
  readonly rounding: number;
}

export type FigureCell = string | number | null;
export type Row = Record<string, FigureCell>;

/** A sum of rounded cells, or a number that a query counted itself. @returns null where it is too small to be shown */
function protectCount(count: number, { minimum, rounding }: Disclosure): number | null {
  return count < minimum ? null : Math.round(count / rounding) * rounding;
}

/** Names of the columns of a row that are masked, joined by spaces; a column of every answer that holds counts. */
export const MASKED = 'masked';

type Columns = Readonly<Record<string, ColumnType>>;

/** Names of the columns that count somebody. */
export function countsOf(columns: Columns): string[] {
  return Object.entries(columns).flatMap(([name, { type }]) => (type === 'count' ? [name] : []));
}

export interface Ratio {
  readonly name: string;
  readonly part: string;
  readonly whole: string;
}

/** Columns that are worked out from two others. */
export function ratiosOf(columns: Columns): Ratio[] {
  return Object.entries(columns).flatMap(([name, column]) =>
    column.type === 'ratio' ? [{ name, part: column.of[0], whole: column.of[1] }] : [],
  );
}

/** Turns a row into what a protected reader sees of it: its counts, and the names of those that are masked. */
export function protectRow(row: Row, counts: readonly string[], disclosure: Disclosure): void {
  const masked: string[] = [];
  for (const name of counts) {
    const value = row[name];
    if (typeof value !== 'number') continue;
    const shown = protectCount(value, disclosure);
    row[name] = shown;
    if (shown === null) masked.push(name);
  }
  row[MASKED] = masked.join(' ');
}

/** Fills the ratios of a row in, from what stands in it. */
export function fillRatios(row: Row, ratios: readonly Ratio[]): void {
  for (const { name, part, whole } of ratios) {
    const [of, all] = [row[part], row[whole]];
    row[name] =
      typeof of === 'number' && typeof all === 'number' && all > 0
        ? Math.round((of / all) * 10_000) / 10_000
        : null;
  }
}
