/**
 * Who read which person's record, and who came and went: JSON lines per month in `audit/`, each with the SM3 digest of
 * the one before it, on the disk before the answer leaves (promise G20). Entries that arrive while the disk is busy go
 * out together, with one fsync. A checkpoint (count and head), kept by another department, shows afterwards that nothing
 * was cut or grown again.
 */
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  closeSync,
  fsyncSync,
} from 'node:fs';
import { open, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { shanghaiDate, type Clock } from '../clock.ts';
import { MonitorError } from '../errors.ts';
import { canonicalJson, sm3 } from '../hash.ts';
import type { Home } from '../home.ts';

/** What is told of one reading, or of somebody's coming and going; ids of accounts, routes, places and leads only. */
export interface AuditFact {
  /** Name of the account, program or office; `-`: nobody that is known. */
  readonly account: string;
  /** Empty without an account. */
  readonly role: string;
  readonly region: string;
  /** Method and path as declared, e.g. `GET /leads/:id`. */
  readonly route: string;
  /** Division code that was asked about; empty: none. */
  readonly place: string;
  /** A lead's id; empty: a list. */
  readonly subject: string;
  /** allowed, denied (not theirs), unknown (no such thing), failed; of coming and going: success, failure, locked, left. */
  readonly outcome: string;
}

export interface AuditEntry extends AuditFact {
  readonly seq: number;
  readonly at: string;
  readonly prev: string;
  readonly hash: string;
}

/** How far the audit goes: what another department keeps. */
export interface Checkpoint {
  readonly count: number;
  readonly head: string;
}

export interface Audit {
  /** Returns when the entry is on the disk. */
  write(fact: AuditFact): Promise<void>;
  readonly checkpoint: Checkpoint;
  close(): Promise<void>;
}

const GENESIS = '0'.repeat(64);
const FILE = /^\d{4}-\d{2}\.jsonl$/;

function folderOf(home: Home): string {
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

function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, account, role, region, route, place, subject, outcome, prev } = entry;
  return sm3(
    canonicalJson({ seq, at, account, role, region, route, place, subject, outcome, prev }),
  );
}

function damaged(file: string, line: number, why: string): MonitorError {
  return new MonitorError('audit-damaged', `audit/${file}, line ${line}: ${why}`, {
    fix: 'keep the folder as it is; compare it with the last backup and the checkpoint kept elsewhere',
  });
}

/** Entries of one file; a last line without its line feed was never acknowledged. @throws MonitorError `audit-damaged` */
function readFile(home: Home, file: string, before: Checkpoint | null): AuditEntry[] {
  const text = readFileSync(join(folderOf(home), file), 'utf8');
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  let last = before;
  return lines.map((line, index) => {
    let entry: AuditEntry;
    try {
      entry = JSON.parse(line) as AuditEntry;
    } catch {
      throw damaged(file, index + 1, 'not JSON');
    }
    const follows = last === null || (entry.seq === last.count + 1 && entry.prev === last.head);
    if (!follows) throw damaged(file, index + 1, 'an entry is missing or out of order');
    // The text itself, too: what is not in the digest must not be in the line.
    if (hashOf(entry) !== entry.hash || lineOf(entry) !== line)
      throw damaged(file, index + 1, 'the digest does not match the content');
    last = { count: entry.seq, head: entry.hash };
    return entry;
  });
}

function lineOf(entry: AuditEntry): string {
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

/** Every entry, oldest first, the chain checked as it goes. @throws MonitorError `audit-damaged` */
export function* readAudit(home: Home): Generator<AuditEntry> {
  let last: Checkpoint = { count: 0, head: GENESIS };
  for (const file of auditFiles(home)) {
    const entries = readFile(home, file, last);
    for (const entry of entries) yield entry;
    const end = entries.at(-1);
    if (end !== undefined) last = { count: end.seq, head: end.hash };
  }
}

/**
 * Whether the audit is whole, and still begins with what stood at a checkpoint.
 * @param known count and head that were kept elsewhere; null: the chain alone
 * @returns how far it goes
 * @throws MonitorError `audit-damaged` where it is broken, cut, or grown again
 */
export function checkAudit(home: Home, known: Checkpoint | null = null): Checkpoint {
  let last: Checkpoint = { count: 0, head: GENESIS };
  let met = known === null || (known.count === 0 && known.head === GENESIS);
  for (const entry of readAudit(home)) {
    last = { count: entry.seq, head: entry.hash };
    if (entry.seq === known?.count) met = entry.hash === known.head;
  }
  if (!met)
    throw new MonitorError(
      'audit-damaged',
      known !== null && last.count < known.count
        ? `the audit has ${last.count} entries, the checkpoint ${known.count}: it was cut`
        : `entry ${known?.count ?? 0} is not the one of the checkpoint: the audit was cut and written anew`,
      { fix: 'put back the last backup, and have it looked into who wrote to the folder' },
    );
  return last;
}

/** What is wrong with the chain, for `doudi verify`. */
export function auditFaults(home: Home): string[] {
  try {
    checkAudit(home);
    return [];
  } catch (error) {
    return [error instanceof MonitorError ? error.message : 'the audit cannot be read'];
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Where the chain ends, from its last file alone; a half-written last line is taken off. */
async function endOf(home: Home): Promise<Checkpoint> {
  for (const file of auditFiles(home).reverse()) {
    const path = join(folderOf(home), file);
    const bytes = readFileSync(path);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) await truncate(path, whole);
    const end = readFile(home, file, null).at(-1);
    if (end !== undefined) return { count: end.seq, head: end.hash };
  }
  return { count: 0, head: GENESIS };
}

interface Waiting {
  readonly file: string;
  readonly line: string;
  readonly done: () => void;
  readonly fail: (error: Error) => void;
}

function unwritable(cause: unknown): MonitorError {
  return new MonitorError('audit', 'the audit cannot be written: nothing is shown', {
    severity: 'retry',
    fix: 'free space or repair the disk, then start doudi serve again',
    cause,
  });
}

/** Opens the audit of a home for its one owner. @throws MonitorError `audit-damaged` when its last file is broken */
export async function openAudit(home: Home, clock: Clock): Promise<Audit> {
  mkdirSync(folderOf(home), { recursive: true, mode: 0o700 });
  let last = await endOf(home);
  let file = auditFiles(home).at(-1) ?? '';
  let handle: FileHandle | null = null;
  let waiting: Waiting[] = [];
  let busy = Promise.resolve();
  let flushing = false;
  let broken: unknown = null;

  const append = async (name: string, text: string): Promise<void> => {
    if (handle === null || name !== file) {
      await handle?.close();
      const path = join(folderOf(home), name);
      const fresh = !existsSync(path);
      handle = await open(path, 'a', 0o600);
      if (fresh) syncFolder(folderOf(home));
      file = name;
    }
    await handle.write(text);
    await handle.datasync();
  };
  const flush = async (): Promise<void> => {
    // Let whatever else was asked in this turn join: one fsync carries them all.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        for (const name of new Set(batch.map((one) => one.file)))
          await append(
            name,
            batch
              .filter((one) => one.file === name)
              .map(({ line }) => line)
              .join(''),
          );
      } catch (error) {
        broken = error;
        for (const { fail } of [...batch, ...waiting]) fail(unwritable(error));
        waiting = [];
        break;
      }
      for (const { done } of batch) done();
    }
    flushing = false;
  };
  return {
    get checkpoint() {
      return last;
    },
    async write(fact) {
      // After a failed write nobody knows what stands in the file: nothing is shown until the home is opened anew.
      if (broken !== null) throw unwritable(broken);
      const now = clock.now();
      const month = shanghaiDate({ now: () => now }).slice(0, 7);
      // Never back into an older file, whatever the clock says: the files' order is the chain's.
      const name = [file, waiting.at(-1)?.file ?? '', `${month}.jsonl`].sort().at(-1) ?? '';
      const body = { ...fact, seq: last.count + 1, at: now.toISOString(), prev: last.head };
      const entry: AuditEntry = { ...body, hash: hashOf(body) };
      last = { count: entry.seq, head: entry.hash };
      const written = new Promise<void>((done, fail) => {
        waiting.push({ file: name, line: `${lineOf(entry)}\n`, done, fail });
      });
      if (!flushing) {
        flushing = true;
        busy = flush();
      }
      await written;
    },
    async close() {
      await busy;
      await handle?.close();
    },
  };
}
