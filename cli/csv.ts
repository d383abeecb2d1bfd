/** CSV on standard output, RFC 4180. */
import { csvLines, type CsvCell } from '../files/csv.ts';
import type { Invocation } from './command.ts';

/** Lists and records are written as JSON in their cell, as are true, false and instants. */
function cell(value: unknown): CsvCell {
  if (value === null || value === undefined || typeof value === 'string') return value;
  return JSON.stringify(value);
}

/** Writes a header and pages of rows. */
export async function writeCsv(
  invocation: Invocation,
  columns: readonly string[],
  pages: AsyncIterable<readonly object[]> | Iterable<readonly object[]>,
): Promise<void> {
  await invocation.out(csvLines([columns]));
  for await (const page of pages) {
    const lines = csvLines(
      page.map((row) => columns.map((name) => cell((row as Record<string, unknown>)[name]))),
    );
    if (lines !== '') await invocation.out(lines);
  }
}
