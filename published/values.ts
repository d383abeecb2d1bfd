/** Rows known to the program, as a SELECT: names and dates that are in no table of the ledger. */
import { literal } from '../store/sql.ts';

type Value = string | number | boolean | null;

const TYPES = { text: 'VARCHAR', whole: 'BIGINT', yes: 'BOOLEAN', share: 'DOUBLE' } as const;

/** The columns of a table filled by the program itself. */
export type TableColumns = Readonly<Record<string, keyof typeof TYPES>>;

function written(value: Value): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? literal(value) : String(value);
}

/** @param rows values in column order */
export function valuesOf(columns: TableColumns, rows: readonly (readonly Value[])[]): string {
  const names = Object.entries(columns);
  const casts = names.map(([name, type]) => `${name}::${TYPES[type]} AS ${name}`).join(', ');
  if (rows.length === 0)
    return `SELECT ${names.map(([name, type]) => `NULL::${TYPES[type]} AS ${name}`).join(', ')} WHERE false`;
  const list = rows.map((row) => `(${row.map(written).join(', ')})`).join(', ');
  return `SELECT ${casts} FROM (VALUES ${list}) AS given(${names.map(([name]) => name).join(', ')})`;
}
