/**
 * The journal: what people and runs decided, as JSON lines in one append-only file. Each line carries the SM3
 * digest of the line before it, and is fsynced before anything else happens. DuckDB may open silently at an older
 * transaction when its WAL is cut; the journal is what notices.
 */
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync } from 'node:fs';
import { canonicalJson, sm3 } from '../core/hash.ts';
import { fromSystem, MonitorError } from '../core/errors.ts';
import { failpoint } from '../core/failpoint.ts';
import { writeAll } from '../core/write-all.ts';
import { linesOf } from './lines.ts';
import type { JournalData, JournalType } from './records.ts';

export type JournalRecord = {
  [T in JournalType]: {
    readonly seq: number;
    /** Time of the decision, ISO 8601. */
    readonly at: string;
    readonly type: T;
    readonly data: JournalData[T];
    readonly prev: string;
    readonly hash: string;
  };
}[JournalType];

const GENESIS = '0'.repeat(64);

function hashOf(record: Omit<JournalRecord, 'hash'>): string {
  const { seq, at, type, data, prev } = record;
  return sm3(canonicalJson({ seq, at, type, data, prev }));
}

function lineOf(record: JournalRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/**
 * Reads and checks the whole chain in chunks. A last line without line feed was never acknowledged and is not returned.
 * @param piece bytes read at a time; defaults to that of `linesOf`
 * @returns the records, and the length in bytes of the acknowledged part
 * @throws MonitorError `journal-damaged` with the line number
 */
export function readJournal(
  path: string,
  piece?: number,
): { records: JournalRecord[]; bytes: number } {
  const records: JournalRecord[] = [];
  let bytes = 0;
  if (!existsSync(path)) return { records, bytes };
  let prev = GENESIS;
  for (const { text, end } of linesOf(path, piece)) {
    const number = records.length + 1;
    const broken = (why: string): MonitorError =>
      new MonitorError('journal-damaged', `${path}, line ${number}: ${why}`, {
        fix: 'put back the last backup of the home; nothing was changed',
      });
    let record: JournalRecord;
    try {
      record = JSON.parse(text) as JournalRecord;
    } catch {
      throw broken('not JSON');
    }
    if (record.seq !== number || record.prev !== prev)
      throw broken('a record is missing or out of order');
    if (hashOf(record) !== record.hash) throw broken('the digest does not match the content');
    prev = record.hash;
    bytes = end;
    records.push(record);
  }
  return { records, bytes };
}

/** Characters joined per write: a whole journal may exceed the maximum string length. */
const BLOCK = 1 << 20;

/** Writes records unchanged into a new journal, without syncing it. */
export function copyRecords(path: string, records: readonly JournalRecord[]): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    let block = '';
    for (const record of records) {
      block += lineOf(record);
      if (block.length < BLOCK) continue;
      writeAll(file, Buffer.from(block));
      block = '';
    }
    writeAll(file, Buffer.from(block));
  } finally {
    closeSync(file);
  }
}

export class Journal {
  private readonly file: number;
  private last: { seq: number; hash: string };
  /** Bytes up to the last acknowledged record. */
  private length: number;
  /** A failed append may have left bytes beyond that length. */
  private torn = false;
  readonly records: JournalRecord[];

  constructor(path: string) {
    const { records, bytes } = readJournal(path);
    this.records = records;
    this.length = bytes;
    this.file = openSync(path, 'a', 0o600);
    // Bytes after the last line feed are from a crash before acknowledgement.
    ftruncateSync(this.file, bytes);
    const end = records.at(-1);
    this.last = end === undefined ? { seq: 0, hash: GENESIS } : { seq: end.seq, hash: end.hash };
  }

  get head(): { readonly seq: number; readonly hash: string } {
    return this.last;
  }

  /** Truncates what a failed append left behind; on disk when it returns. */
  private cutBack(): void {
    if (!this.torn) return;
    ftruncateSync(this.file, this.length);
    fsyncSync(this.file);
    this.torn = false;
  }

  /** Writes everything to disk, or leaves nothing in the file. @throws the system's error */
  private write(line: Buffer): void {
    this.cutBack();
    this.torn = true;
    try {
      writeAll(this.file, line);
      fsyncSync(this.file);
    } catch (error) {
      try {
        this.cutBack();
      } catch {
        // The next append tries again first and writes nothing until that succeeds.
      }
      throw error;
    }
    this.torn = false;
    this.length += line.length;
  }

  /**
   * Appends one record and returns when it is on disk. After a failure the journal ends with the previous record, and
   * the next append continues from there.
   * @throws MonitorError `disk-full` or `machine`; the record is then not in the journal
   */
  append<T extends JournalType>(type: T, data: JournalData[T], at: string): JournalRecord {
    const body = { seq: this.last.seq + 1, at, type, data, prev: this.last.hash } as Omit<
      JournalRecord,
      'hash'
    >;
    const record = { ...body, hash: hashOf(body) } as JournalRecord;
    failpoint('journal-before-append');
    try {
      this.write(Buffer.from(lineOf(record)));
    } catch (error) {
      throw fromSystem(error);
    }
    failpoint('journal-after-append');
    this.last = { seq: record.seq, hash: record.hash };
    this.records.push(record);
    return record;
  }

  close(): void {
    closeSync(this.file);
  }
}
