/**
 * Counts as shown to readers other than civil affairs' own (promise G24): nothing below a minimum (10), and no
 * exact count.
 *
 * The published cells themselves are rounded to multiples of 5 before a query adds them up (fenced.ts), and a sum
 * that is then below 10 is masked here. Whatever is shown, in whatever combination, is therefore computed from the
 * rounded cells, so no total gives away a part: a cell rounded to 0 is anything from 0 to 4, one rounded to 5
 * anything from 1 to 9. Rounding each exact total separately would not do: two masked parts of 9 beside their total
 * of 20 (18 to 22) can only be 9 and 9. Ratios come from the figures as shown.
 */
import type { ColumnType } from './metric.ts';

/** The parameters `disclosure-minimum` (smallest count shown) and `disclosure-rounding` (rounding step). */
export interface Disclosure {
  readonly minimum: number;
  readonly rounding: number;
}

export type FigureCell = string | number | null;
export type Row = Record<string, FigureCell>;

/**
 * A sum of rounded cells, or a number the query counted itself.
 * @returns null if too small to be shown
 */
function protectCount(count: number, { minimum, rounding }: Disclosure): number | null {
  return count < minimum ? null : Math.round(count / rounding) * rounding;
}

/** Names of the masked columns of a row, joined by spaces; a column of every answer that contains counts. */
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

/** Columns computed from two others. */
export function ratiosOf(columns: Columns): Ratio[] {
  return Object.entries(columns).flatMap(([name, column]) =>
    column.type === 'ratio' ? [{ name, part: column.of[0], whole: column.of[1] }] : [],
  );
}

/** Masks a row for a protected reader: its counts, and the names of the masked ones. */
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

/** Fills in the ratios of a row from its displayed counts. */
export function fillRatios(row: Row, ratios: readonly Ratio[]): void {
  for (const { name, part, whole } of ratios) {
    const [of, all] = [row[part], row[whole]];
    row[name] =
      typeof of === 'number' && typeof all === 'number' && all > 0
        ? Math.round((of / all) * 10_000) / 10_000
        : null;
  }
}
