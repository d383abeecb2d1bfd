/** The accepted file formats of an extract; the name decides which, and the content must match. */
import { READABLE_WORKBOOK } from '../workbook/readable.ts';

export const FORMATS = ['csv', 'csv.gz', 'parquet', 'arrow', 'xlsx'] as const;
export type FileFormat = (typeof FORMATS)[number];

/** Accepted formats, as told to departments. */
export const READABLE: Readonly<Record<FileFormat, string>> = {
  csv: 'CSV after RFC 4180',
  'csv.gz': 'one CSV after RFC 4180, whole, packed with gzip',
  parquet: 'a whole Parquet file, not encrypted',
  arrow: 'a whole Arrow IPC file or stream, not compressed, without dictionary deltas',
  xlsx: READABLE_WORKBOOK,
};

/** @returns null for a name without a reader */
export function formatOf(file: string): FileFormat | null {
  // The longest extension decides: `.csv.gz` is not some other kind ending in `.gz`.
  return (
    [...FORMATS]
      .sort((a, b) => b.length - a.length)
      .find((format) => file.endsWith(`.${format}`)) ?? null
  );
}

/**
 * Text parsed by our own scanner and a CSV reader is no danger to later files; a binary format gets its own child
 * (docs/adr/0003).
 */
export const isBinary = (format: FileFormat): boolean => format !== 'csv' && format !== 'csv.gz';
