/** CSV (RFC 4180) as this program writes it: commas, line feeds, quotes only where a cell needs them, no mark. */
import { stringify } from 'csv-stringify/sync';

export type CsvCell = string | number | null | undefined;

/**
 * Rows as lines, each with its line feed; no rows give an empty text. null, undefined and the empty text are all an
 * empty cell without quotes. Streams call this row by row or page by page: a row never depends on another.
 */
export function csvLines(rows: readonly (readonly CsvCell[])[]): string {
  // The library quotes the line end that it writes itself and leaves a lone carriage return bare.
  return stringify(rows as CsvCell[][], { record_delimiter: '\n', quoted_match: /\r/ });
}
