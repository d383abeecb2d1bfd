/** Converts the database's columnar answer to the rows a reader sees; each row is made once. */
import { isMonth, monthStart } from '../../core/month.ts';
import type { ColumnarResult } from '../../store/published.ts';
import type { NamedQuery } from './metric.ts';
import {
  countsOf,
  fillRatios,
  MASKED,
  protectRow,
  ratiosOf,
  type Disclosure,
  type Row,
} from './protect.ts';

const TEXTS: ReadonlySet<string> = new Set(['month', 'text']);

/** The declared columns only, 64-bit integers as numbers, months with their first instant. */
function typed({ count, values }: ColumnarResult, columns: NamedQuery['columns']): Row[] {
  const declared = Object.entries(columns)
    .filter(([, { type }]) => type !== 'ratio')
    .map(([name, { type }]) => ({ name, type, of: values[name] ?? [] }));
  const starts = new Map<string, number>();
  const startOf = (month: unknown): number | null => {
    if (typeof month !== 'string' || !isMonth(month)) return null;
    const start = starts.get(month) ?? monthStart(month);
    starts.set(month, start);
    return start;
  };
  return Array.from({ length: count }, (_, index) => {
    const row: Row = {};
    for (const { name, type, of } of declared) {
      const value = of[index] ?? null;
      if (type === 'month') row['time'] = startOf(value);
      row[name] = value === null ? null : TEXTS.has(type) ? (value as string) : Number(value);
    }
    return row;
  });
}

/** @param disclosure protects the counts; null: they are shown as they are */
export function rowsOf(
  read: ColumnarResult,
  { columns, sparse = false }: NamedQuery,
  disclosure: Disclosure | null,
): Row[] {
  const [counts, ratios] = [countsOf(columns), ratiosOf(columns)];
  const rows = typed(read, columns);
  for (const row of rows) {
    if (counts.length > 0) {
      if (disclosure === null) row[MASKED] = '';
      else protectRow(row, counts, disclosure);
    }
    fillRatios(row, ratios);
  }
  return disclosure !== null && sparse
    ? rows.filter((row) => counts.some((name) => row[name] !== null))
    : rows;
}
