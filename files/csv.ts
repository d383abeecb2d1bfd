/** CSV (RFC 4180) as this program writes it: commas, line feeds, quotes only where needed, no byte order mark. */
import { stringify } from 'csv-stringify/sync';

export type CsvCell = string | number | null | undefined;

/**
 * Rows as lines, each with a line feed; no rows give an empty text. null, undefined and '' are all an empty unquoted
 * cell. Streams may call this row by row or page by page: rows are independent.
 */
export function csvLines(rows: readonly (readonly CsvCell[])[]): string {
  // The library quotes only its own line ending and leaves a lone carriage return unquoted.
  return stringify(rows as CsvCell[][], { record_delimiter: '\n', quoted_match: /\r/ });
}
