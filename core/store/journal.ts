/**
 * The journal: what people and runs decided, as JSON lines in one append-only file. Each line carries the SM3
 * digest of the line before it, and is fsynced before anything else happens. DuckDB may open silently at an older
 * transaction when its WAL is cut; the journal is what notices.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { canonicalJson, sm3 } from '../hash.ts';
import { MonitorError } from '../errors.ts';
import { failpoint } from '../failpoint.ts';
import type { JournalData, JournalType } from './records.ts';

export type JournalRecord = {
  [T in JournalType]: {
    readonly seq: number;
    /** Instant of the decision, ISO 8601. */
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

/**
 * Reads and checks the whole chain. A last line without its line feed was never acknowledged and is not returned.
 * @returns the records and the length in bytes of what is acknowledged
 * @throws MonitorError `journal-damaged` with the line number
 */
export function readJournal(path: string): { records: JournalRecord[]; bytes: number } {
  if (!existsSync(path)) return { records: [], bytes: 0 };
  const content = readFileSync(path);
  const bytes = content.lastIndexOf(0x0a) + 1;
  const lines = content.subarray(0, bytes).toString('utf8').split('\n').slice(0, -1);
  let prev = GENESIS;
  const records = lines.map((line, index) => {
    const broken = (why: string): MonitorError =>
      new MonitorError('journal-damaged', `${path}, line ${index + 1}: ${why}`, {
        fix: 'put back the last backup of the home; nothing was changed',
      });
    let record: JournalRecord;
    try {
      record = JSON.parse(line) as JournalRecord;
    } catch {
      throw broken('not JSON');
    }
    if (record.seq !== index + 1 || record.prev !== prev)
      throw broken('a record is missing or out of order');
    if (hashOf(record) !== record.hash) throw broken('the digest does not match the content');
    prev = record.hash;
    return record;
  });
  return { records, bytes };
}

export class Journal {
  private readonly file: number;
  private last: { seq: number; hash: string };
  readonly records: JournalRecord[];

  constructor(path: string) {
    const { records, bytes } = readJournal(path);
    this.records = records;
    this.file = openSync(path, 'a', 0o600);
    // What stands after the last line feed was cut off by a crash before it was acknowledged.
    ftruncateSync(this.file, bytes);
    const end = records.at(-1);
    this.last = end === undefined ? { seq: 0, hash: GENESIS } : { seq: end.seq, hash: end.hash };
  }

  get head(): { readonly seq: number; readonly hash: string } {
    return this.last;
  }

  /** Appends one record and returns when it is on the disk. */
  append<T extends JournalType>(type: T, data: JournalData[T], at: string): JournalRecord {
    const body = { seq: this.last.seq + 1, at, type, data, prev: this.last.hash } as Omit<
      JournalRecord,
      'hash'
    >;
    const record = { ...body, hash: hashOf(body) } as JournalRecord;
    failpoint('journal-before-append');
    writeSync(this.file, `${JSON.stringify(record)}\n`);
    fsyncSync(this.file);
    failpoint('journal-after-append');
    this.last = { seq: record.seq, hash: record.hash };
    this.records.push(record);
    return record;
  }

  close(): void {
    closeSync(this.file);
  }
}
