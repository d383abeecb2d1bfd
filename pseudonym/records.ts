/** The records of a CSV file (RFC 4180), one after the other, each with its first line number. */
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { MonitorError } from '../core/errors.ts';
import { encodingOf, readText } from '../files/text.ts';
import type { StoredAs } from './stored.ts';

/** A longer record is not a row: an unclosed quote would swallow the file. */
const MAX_RECORD = 1 << 20;

export interface SourceRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** For a workbook: cells not stored as text. */
  readonly stored?: ReadonlyMap<number, StoredAs>;
}

const BREAKS = /\r\n|\n|\r/g;

/** @throws MonitorError `csv` with the line where the quoting breaks; Refused `encoding` */
export async function* readRecords(path: string): AsyncGenerator<SourceRow> {
  const source = Readable.from(readText(path, await encodingOf(path)), { objectMode: true });
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  // A pipe does not forward errors.
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      let inside = 0;
      for (const cell of record)
        if (cell.includes('\n') || cell.includes('\r')) inside += cell.match(BREAKS)?.length ?? 0;
      yield { line: info.lines - inside, cells: record };
    }
  } catch (error) {
    // The original message quotes the record.
    if (error instanceof CsvError)
      throw new MonitorError('csv', `line ${String(error['lines'])}: the quoting breaks`, {
        fix: 'export the file as CSV after RFC 4180: comma, quotes doubled inside quotes',
      });
    throw error;
  } finally {
    source.destroy();
  }
}
