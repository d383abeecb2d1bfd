/** The kinds of files an extract may come as; the name says which, and the content must agree. */
import { READABLE_WORKBOOK } from '../workbook/readable.ts';

export const FORMATS = ['csv', 'csv.gz', 'parquet', 'arrow', 'xlsx'] as const;
export type FileFormat = (typeof FORMATS)[number];

/** What a department is told that would be read. */
export const READABLE: Readonly<Record<FileFormat, string>> = {
  csv: 'CSV after RFC 4180',
  'csv.gz': 'one CSV after RFC 4180, whole, packed with gzip',
  parquet: 'a whole Parquet file, not encrypted',
  arrow: 'a whole Arrow IPC file or stream, not compressed, without dictionary deltas',
  xlsx: READABLE_WORKBOOK,
};

/** @returns null for a name that no reader is there for */
export function formatOf(file: string): FileFormat | null {
  // The longest ending decides: `.csv.gz` is no other kind that ends in `.gz`.
  return (
    [...FORMATS]
      .sort((a, b) => b.length - a.length)
      .find((format) => file.endsWith(`.${format}`)) ?? null
  );
}

/**
 * Text that our own scanner and a CSV reader take apart is no danger to the files after it; a binary format gets a
 * child of its own (docs/adr/0003).
 */
export const isBinary = (format: FileFormat): boolean => format !== 'csv' && format !== 'csv.gz';
