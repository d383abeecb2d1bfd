/**
 * Who read which person's record, and who came and went, on the disk before the answer leaves (promise G20). Entries that
 * arrive while the disk is busy go out together, with one fsync.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { open, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { shanghaiDate, type Clock } from '../clock.ts';
import { MonitorError } from '../errors.ts';
import type { Home } from '../home.ts';
import {
  auditFiles,
  BEGINNING,
  endOf,
  folderOf,
  hashOf,
  lineOf,
  tailOf,
  type AuditEntry,
  type AuditFact,
  type Checkpoint,
} from './audit-chain.ts';

export interface Audit {
  /** Returns when the entry is on the disk. */
  write(fact: AuditFact): Promise<void>;
  readonly checkpoint: Checkpoint;
  close(): Promise<void>;
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Where the chain ends; a half-written last line is taken off. */
async function cutEnd(home: Home): Promise<Checkpoint> {
  for (const file of auditFiles(home).reverse()) {
    const { whole, size } = tailOf(home, file);
    if (whole < size) await truncate(join(folderOf(home), file), whole);
    const end = endOf(home, file);
    if (end !== null) return end;
  }
  return BEGINNING;
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

/**
 * Opens the audit of a home for its one owner. Only its end is looked at: `checkAudit` looks at all of it.
 * @throws MonitorError `audit-damaged` when its last line is broken
 */
export async function openAudit(home: Home, clock: Clock): Promise<Audit> {
  mkdirSync(folderOf(home), { recursive: true, mode: 0o700 });
  let last = await cutEnd(home);
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
