/**
 * Encodes an answer as CSV (RFC 4180) for people: a masked count is `<10`, text a spreadsheet would execute is
 * quoted (G27).
 */
import { csvLines } from '../../files/csv.ts';
import type { QueryResult } from '../shared/registry.ts';
import { MASKED, type FigureCell, type Row } from '../shared/protect.ts';

const FORMULA = /^[\s"'\uFEFF]*[=+\-@\t\r＝＋－＠]/u;

function cell(value: FigureCell): FigureCell {
  return typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value;
}

export function csvOf({ columns, rows, least }: QueryResult): string {
  const cells = (row: Row): FigureCell[] => {
    const masked = String(row[MASKED] ?? '').split(' ');
    return columns.map(({ name }) =>
      masked.includes(name) ? `<${least}` : cell(row[name] ?? null),
    );
  };
  return csvLines([columns.map(({ name }) => name), ...rows.map(cells)]);
}
