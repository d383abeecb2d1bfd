/** Runs the identifier gate over a raw file and decides whether, and at which cell, to refuse it. */
import { identifier, type Sql } from '../../store/sql.ts';
import { findIdentifiers, suspicious, type IdentifierKind } from './identifiers.ts';

/** Other numbers can look like phones and cards by chance, so it takes this many rows (contracts.md section 1). */
const ROWS_NEEDED: Readonly<Record<IdentifierKind, number>> = {
  'identity-number': 1,
  phone: 3,
  'bank-card': 3,
};
const ORDER: readonly IdentifierKind[] = ['identity-number', 'phone', 'bank-card'];

export interface Finding {
  readonly kind: IdentifierKind;
  readonly column: string;
  readonly line: number;
  /** Position of the sheet in a workbook; default: the sheet that is read. */
  readonly sheet?: number;
}

/** An identifier in a cell outside any column. */
export type Stray = Omit<Finding, 'column'>;

export interface GateColumn {
  /** Column of the raw view. */
  readonly raw: string;
  /** Header as in the file. */
  readonly name: string;
  /** SQL condition under which a cell is known to be clean; null when every cell is checked. */
  readonly clean: string | null;
}

/** SQL: whether any cell of the row needs checking. */
export function suspectRow(columns: readonly GateColumn[]): string {
  // CASE, not AND: the pattern is tried only on cells not known to be clean.
  const tests = columns.map(({ raw, clean }) => {
    const cell = identifier(raw);
    return `CASE WHEN ${clean === null ? '' : `${clean} AND `}${cell} IS NOT NULL THEN ${suspicious(cell)} ELSE false END`;
  });
  return tests.length === 0 ? 'false' : `coalesce(${tests.join(' OR ')}, false)`;
}

/**
 * The same for cells outside the table: the first line of a file without header, lines with a wrong number of fields
 * (whose columns mean nothing), and the other sheets of a workbook. The file counts as one column.
 */
export function judgeStray(found: readonly Stray[]): Finding | null {
  for (const kind of ORDER) {
    const seen = found.filter((finding) => finding.kind === kind);
    const [first] = seen;
    if (first !== undefined && seen.length >= ROWS_NEEDED[kind]) return { ...first, column: '' };
  }
  return null;
}

/** @param source a relation with `line` and the raw columns, suspect rows only */
export async function runGate(
  sql: Sql,
  source: string,
  columns: readonly GateColumn[],
): Promise<Finding | null> {
  const counts = new Map<string, { rows: number; first: Finding }>();
  for await (const page of sql.stream<Record<string, string | null>>(source)) {
    for (const row of page) {
      for (const { raw, name } of columns) {
        const cell = row[raw];
        if (cell === null || cell === undefined || cell.length < 11) continue;
        for (const kind of findIdentifiers(cell)) {
          const key = `${kind}/${raw}`;
          const seen = counts.get(key);
          if (seen === undefined)
            counts.set(key, { rows: 1, first: { kind, column: name, line: Number(row['line']) } });
          else seen.rows += 1;
        }
      }
    }
  }
  for (const kind of ORDER) {
    for (const { rows, first } of counts.values()) {
      if (first.kind === kind && rows >= ROWS_NEEDED[kind]) return first;
    }
  }
  return null;
}
