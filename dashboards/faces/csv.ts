/** An answer as CSV (RFC 4180) for people: a masked count is `<10`, a text that a spreadsheet would run is quoted (G27). */
import type { Answer } from '../kit/registry.ts';
import { MASKED, type Cell, type Row } from '../kit/protect.ts';

const FORMULA = /^[\s"'\uFEFF]*[=+\-@\t\r＝＋－＠]/u;

function cell(value: Cell): string {
  if (typeof value === 'number') return String(value);
  const text = value === null ? '' : FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvOf({ columns, rows, least }: Answer): string {
  const line = (row: Row): string => {
    const masked = String(row[MASKED] ?? '').split(' ');
    return columns
      .map(({ name }) => (masked.includes(name) ? `<${least}` : cell(row[name] ?? null)))
      .join(',');
  };
  return [columns.map(({ name }) => name).join(','), ...rows.map(line), ''].join('\n');
}
