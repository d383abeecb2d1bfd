/**
 * Who read which person's record, and who came and went, on the disk before the answer leaves (promise G20). Entries that
 * arrive while the disk is busy go out together, with one fsync.
 */
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
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
  /** How far the audit goes with it. */
  readonly reaches: Checkpoint;
  readonly done: () => void;
  readonly fail: (error: Error) => void;
}

function unwritable(cause: unknown): MonitorError {
  return new MonitorError('audit', 'the audit cannot be written: nothing is shown', {
    severity: 'retry',
    fix: 'free space or repair the disk; the audit goes on by itself',
    cause,
  });
}

/**
 * Opens the audit of a home for its one owner. Only its end is looked at: `checkAudit` looks at all of it. After a failed
 * write the file is cut back to the last entry that was acknowledged, and the next entry goes on from there.
 * @throws MonitorError `audit-damaged` when its last line is broken
 */
export async function openAudit(home: Home, clock: Clock): Promise<Audit> {
  mkdirSync(folderOf(home), { recursive: true, mode: 0o700 });
  /** How far the audit goes on the disk, and with the entries that are on their way there. */
  let written = await cutEnd(home);
  let last = written;
  let file = auditFiles(home).at(-1) ?? '';
  let handle: FileHandle | null = null;
  /** Bytes of the open file up to the last entry that was acknowledged. */
  let length = 0;
  /** Behind that length something may stand that was refused. */
  let torn = false;
  let waiting: Waiting[] = [];
  let busy = Promise.resolve();
  let flushing = false;

  const turnTo = async (name: string): Promise<FileHandle> => {
    if (handle !== null && name === file) return handle;
    await handle?.close();
    handle = null;
    const opened = await open(join(folderOf(home), name), 'a', 0o600);
    try {
      length = (await opened.stat()).size;
      syncFolder(folderOf(home));
    } catch (error) {
      await opened.close();
      throw error;
    }
    file = name;
    handle = opened;
    return opened;
  };
  const cutBack = async (): Promise<void> => {
    if (!torn || handle === null) return;
    await handle.truncate(length);
    await handle.datasync();
    torn = false;
  };
  const append = async (name: string, text: string): Promise<void> => {
    await cutBack();
    const into = await turnTo(name);
    torn = true;
    // One `write` may take less than it was given; this takes all or fails.
    await into.appendFile(text);
    await into.datasync();
    torn = false;
    length += Buffer.byteLength(text);
  };
  /** Entries of one file that stand behind each other in the line. */
  const nextBatch = (): Waiting[] => {
    const end = waiting.findIndex((one) => one.file !== waiting[0]?.file);
    return waiting.splice(0, end === -1 ? waiting.length : end);
  };
  const flush = async (): Promise<void> => {
    // Let whatever else was asked in this turn join: one fsync carries them all.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = nextBatch();
      try {
        await append(batch[0]?.file ?? '', batch.map(({ line }) => line).join(''));
        written = batch.at(-1)?.reaches ?? written;
      } catch (error) {
        await cutBack().catch(() => undefined);
        // Whoever came later stands on an entry that is not there.
        for (const { fail } of [...batch, ...waiting]) fail(unwritable(error));
        waiting = [];
        last = written;
        break;
      }
      for (const { done } of batch) done();
    }
    flushing = false;
  };
  return {
    get checkpoint() {
      return written;
    },
    async write(fact) {
      const now = clock.now();
      const month = shanghaiDate({ now: () => now }).slice(0, 7);
      // Never back into an older file, whatever the clock says: the files' order is the chain's.
      const name = [file, waiting.at(-1)?.file ?? '', `${month}.jsonl`].sort().at(-1) ?? '';
      const body = { ...fact, seq: last.count + 1, at: now.toISOString(), prev: last.head };
      const entry: AuditEntry = { ...body, hash: hashOf(body) };
      last = { count: entry.seq, head: entry.hash };
      const reaches = last;
      const standing = new Promise<void>((done, fail) => {
        waiting.push({ file: name, line: `${lineOf(entry)}\n`, reaches, done, fail });
      });
      if (!flushing) {
        flushing = true;
        busy = flush();
      }
      await standing;
    },
    async close() {
      await busy;
      await handle?.close();
    },
  };
}
