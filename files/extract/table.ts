/** A delivered file that is not CSV, as lines of text cells: the input of all other checks. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { literal } from '../../store/sql.ts';
import { Refused } from '../../core/refused.ts';
import type { Stray } from './gate.ts';
import type { Notes } from './markers.ts';
import { findIdentifiers } from './identifiers.ts';

/** No contract has a tenth of that many. */
export const MAX_COLUMNS = 1000;

export interface Table {
  readonly header: readonly string[];
  /** SELECT of `line` and the text columns c0, c1 … in the order of the file. */
  readonly relation: string;
  /** Rows that the relation must give. */
  readonly rows: number;
  /** Identifiers seen outside the table. */
  readonly stray: readonly Stray[];
  readonly notes: Notes;
}

/** A column name, normalised for comparison with the contract's. */
export const cleanTitle = (title: string): string => title.replace(/[\s\u3000]+/g, ' ').trim();

/** A file without header row starts with a person's data, which must not be quoted back as column names. */
export function identifiersOf(header: readonly string[], line = 1): Stray[] {
  return header.flatMap((title) => [...findIdentifiers(title)].map((kind) => ({ kind, line })));
}

/** @throws Refused `unreadable` */
export function checkWidth(columns: number): void {
  if (columns > MAX_COLUMNS)
    throw new Refused('unreadable', `the header has ${columns} columns`, {
      line: 1,
      accepts: `at most ${MAX_COLUMNS} columns`,
    });
}

/**
 * Most rows that a binary file of this size may claim. Every contract's rows have a person id, which takes bytes;
 * run-length encoding lets a crafted kilobyte claim a billion rows.
 */
export const mostRows = (bytes: number): number => 1_000_000 + bytes;

/**
 * Written by hand: every non-empty cell is quoted, so there is nothing to decide, and this is the inner loop of reading
 * a large XLSX or Arrow file, where csv-stringify takes two to three times as long per row.
 */
const quoted = (cell: string | null): string =>
  cell === null || cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`;

const BLOCK = 1 << 16;
/** Most characters of a row in any contract; in bytes it stays below the reader's limit. */
const MAX_LINE = 1 << 21;

/** Writes lines of text cells as plain CSV with their source line in front. */
export class LineWriter {
  rows = 0;
  private block = '';
  private readonly out;
  private readonly path: string;
  private failure: unknown;

  constructor(path: string) {
    this.path = path;
    this.out = createWriteStream(path, { mode: 0o600 });
    this.out.on('error', (error) => {
      this.failure = error;
    });
  }

  /**
   * @returns a promise only when the disk must be awaited
   * @throws Refused `unreadable` for an oversized row
   */
  add(line: number, cells: readonly (string | null)[]): Promise<void> | undefined {
    const text = `${line},${cells.map(quoted).join(',')}\n`;
    if (text.length > MAX_LINE)
      throw new Refused('unreadable', `a row has ${text.length} characters`, {
        line,
        accepts: `at most ${MAX_LINE} characters`,
      });
    this.rows += 1;
    this.block += text;
    return this.block.length > BLOCK ? this.flush() : undefined;
  }

  private async flush(): Promise<void> {
    const { block } = this;
    this.block = '';
    if (this.failure === undefined && !this.out.write(block)) await this.drained();
    if (this.failure !== undefined) throw this.failure as Error;
  }

  /** Waits until the stream drains, or is closed because of an error. */
  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.out.off('drain', done).off('close', done);
        resolve();
      };
      this.out.on('drain', done).on('close', done);
    });
  }

  async close(): Promise<void> {
    if (this.block !== '') await this.flush();
    this.out.end();
    if (!this.out.closed) await once(this.out, 'close');
    if (this.failure !== undefined) throw this.failure as Error;
  }

  /** The lines as a relation. */
  relation(columns: number): string {
    return lineRelation(this.path, columns);
  }
}

/** Lines of `line,"cell","cell"…`, written by ourselves. */
export function lineRelation(path: string, columns: number): string {
  const cells = Array.from({ length: columns }, (_, index) => `'c${index}': 'VARCHAR'`);
  return (
    `SELECT CAST(line AS BIGINT) AS line, * EXCLUDE (line) FROM read_csv(${literal(path)}, header = false, skip = 0, ` +
    `auto_detect = false, delim = ',', quote = '"', escape = '"', strict_mode = true, null_padding = false, ` +
    `nullstr = '', max_line_size = 8388608, new_line = '\\n', columns = {'line': 'VARCHAR', ${cells.join(', ')}})`
  );
}
