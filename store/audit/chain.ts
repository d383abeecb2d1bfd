/**
 * The audit's chain in its files: JSON lines per month in `audit/`, each with the SM3 digest of the one
 * before it. A checkpoint (count and head), kept by another department, proves later that nothing was cut off or
 * rewritten. Files are read in chunks: a province's month may hold millions of lines.
 */
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { MonitorError } from '../../core/errors.ts';
import { canonicalJson, sm3 } from '../../core/hash.ts';
import type { Home } from '../../core/home.ts';
import { linesOf } from '../lines.ts';

/** One read, sign-in or sign-out; holds ids of accounts, routes, places and leads only. */
export interface AuditFact {
  /** Name of the account, program or office; `-`: unknown. */
  readonly account: string;
  /** Empty without an account. */
  readonly role: string;
  readonly region: string;
  /** Method and path as declared, e.g. `GET /leads/:id`. */
  readonly route: string;
  /** Division code asked about; may be empty. */
  readonly place: string;
  /** A lead's id; empty: a list. */
  readonly subject: string;
  /**
   * allowed, denied (outside their region or role), unknown (not found), failed; for sign-ins: success, failure,
   * locked, left.
   */
  readonly outcome: string;
}

export interface AuditEntry extends AuditFact {
  readonly seq: number;
  readonly at: string;
  readonly prev: string;
  readonly hash: string;
}

/** A checkpoint (count and head) for another department to keep. */
export interface Checkpoint {
  readonly count: number;
  readonly head: string;
}

/** Before the first entry. */
export const BEGINNING: Checkpoint = { count: 0, head: '0'.repeat(64) };

const LINE_FEED = 0x0a;

/** Bytes; a line has about three hundred. */
const TAIL = 4096;

const FILE = /^\d{4}-\d{2}\.jsonl$/;

export function folderOf(home: Home): string {
  return join(home.root, 'audit');
}

/** Files of the audit, oldest first. */
export function auditFiles(home: Home): string[] {
  const folder = folderOf(home);
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => FILE.test(name))
        .sort()
    : [];
}

export function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, account, role, region, route, place, subject, outcome, prev } = entry;
  return sm3(
    canonicalJson({ seq, at, account, role, region, route, place, subject, outcome, prev }),
  );
}

function damaged(file: string, line: number | 'the last', why: string): MonitorError {
  return new MonitorError(
    'audit-damaged',
    `audit/${file}, ${line === 'the last' ? 'last line' : `line ${line}`}: ${why}`,
    {
      fix: 'keep the folder as it is; compare it with the last backup and the checkpoint kept elsewhere',
    },
  );
}

/** @throws MonitorError `audit-damaged` for an altered line */
function entryOf(file: string, number: number | 'the last', line: string): AuditEntry {
  let entry: AuditEntry;
  try {
    entry = JSON.parse(line) as AuditEntry;
  } catch {
    throw damaged(file, number, 'not JSON');
  }
  // Compare the text too: the line must not hold anything that the digest does not cover.
  if (hashOf(entry) !== entry.hash || lineOf(entry) !== line)
    throw damaged(file, number, 'the digest does not match the content');
  return entry;
}

/** Entries of one file; verifies the chain on the way. @throws MonitorError `audit-damaged` */
function* readFile(home: Home, file: string, before: Checkpoint): Generator<AuditEntry> {
  let last = before;
  let number = 0;
  for (const { text } of linesOf(join(folderOf(home), file))) {
    number += 1;
    const entry = entryOf(file, number, text);
    if (entry.seq !== last.count + 1 || entry.prev !== last.head)
      throw damaged(file, number, 'an entry is missing or out of order');
    last = { count: entry.seq, head: entry.hash };
    yield entry;
  }
}

export function lineOf(entry: AuditEntry): string {
  const { seq, at, account, role, region, route, place, subject, outcome, prev, hash } = entry;
  return JSON.stringify({
    seq,
    at,
    account,
    role,
    region,
    route,
    place,
    subject,
    outcome,
    prev,
    hash,
  });
}

/**
 * Finds a file's last line by reading backwards, so that start-up time does not depend on its size.
 * @returns the last acknowledged line or null; bytes of whole lines, and of the file
 */
export function tailOf(
  home: Home,
  name: string,
): { readonly line: string | null; readonly whole: number; readonly size: number } {
  const file = openSync(join(folderOf(home), name), 'r');
  try {
    const { size } = fstatSync(file);
    for (let length = Math.min(TAIL, size); ; length = Math.min(length * 2, size)) {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, size - length);
      const feed = bytes.lastIndexOf(LINE_FEED);
      const start = feed < 1 ? -1 : bytes.lastIndexOf(LINE_FEED, feed - 1);
      // Read further back unless the line or the file begins here.
      if (start < 0 && length < size) continue;
      const whole = size - length + feed + 1;
      return { line: feed < 0 ? null : bytes.toString('utf8', start + 1, feed), whole, size };
    }
  } finally {
    closeSync(file);
  }
}

/**
 * The checkpoint at the end of a file; null when it is empty.
 * @throws MonitorError `audit-damaged` when its last line was altered
 */
export function endOf(home: Home, name: string): Checkpoint | null {
  const { line } = tailOf(home, name);
  if (line === null) return null;
  const { seq, hash } = entryOf(name, 'the last', line);
  return { count: seq, head: hash };
}

/**
 * Every entry, oldest first; verifies the chain on the way.
 * @param from first month `YYYY-MM` wanted; an entry is never in the file of an earlier month
 * @throws MonitorError `audit-damaged`
 */
export function* readAudit(home: Home, from = ''): Generator<AuditEntry> {
  const files = auditFiles(home);
  const asked = files.filter((file) => file >= from);
  let last = files
    .slice(0, files.length - asked.length)
    .reduce<Checkpoint>((before, file) => endOf(home, file) ?? before, BEGINNING);
  for (const file of asked)
    for (const entry of readFile(home, file, last)) {
      yield entry;
      last = { count: entry.seq, head: entry.hash };
    }
}

/**
 * Checks that the audit is intact and still begins with the entries of a checkpoint.
 * @param known count and head kept elsewhere; null: check the chain only
 * @returns its current count and head
 * @throws MonitorError `audit-damaged` where it is broken, cut or rewritten
 */
export function checkAudit(home: Home, known: Checkpoint | null = null): Checkpoint {
  let last = BEGINNING;
  let met = known === null || (known.count === 0 && known.head === BEGINNING.head);
  for (const entry of readAudit(home)) {
    last = { count: entry.seq, head: entry.hash };
    if (entry.seq === known?.count) met = entry.hash === known.head;
  }
  if (!met)
    throw new MonitorError(
      'audit-damaged',
      known !== null && last.count < known.count
        ? `the audit has ${last.count} entries, the checkpoint ${known.count}: it was cut`
        : `entry ${known?.count ?? 0} does not match the checkpoint: the audit was cut and rewritten`,
      { fix: 'put back the last backup, and have it looked into who wrote to the folder' },
    );
  return last;
}

/** Faults of the chain, for `doudi verify`. */
export function auditFaults(home: Home): string[] {
  try {
    checkAudit(home);
    return [];
  } catch (error) {
    return [error instanceof MonitorError ? error.message : 'the audit cannot be read'];
  }
}
