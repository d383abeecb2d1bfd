/**
 * Who read which person's record and who signed in or out, on disk before the response is sent (promise G20). Entries
 * that arrive while the disk is busy are written together, with one fsync.
 */
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { open, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { shanghaiDate, type Clock } from '../../core/clock.ts';
import { MonitorError } from '../../core/errors.ts';
import type { Home } from '../../core/home.ts';
import { done, failed, GroupCommit } from '../group-commit.ts';
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
} from './chain.ts';

export interface Audit {
  /** Resolves when the entry is on disk. */
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

/** The end of the chain; a half-written last line is removed. */
async function cutEnd(home: Home): Promise<Checkpoint> {
  for (const file of auditFiles(home).reverse()) {
    const { whole, size } = tailOf(home, file);
    if (whole < size) await truncate(join(folderOf(home), file), whole);
    const end = endOf(home, file);
    if (end !== null) return end;
  }
  return BEGINNING;
}

/** What somebody did and when; the entry's place in the chain is assigned on writing. */
interface Waiting {
  readonly fact: AuditFact;
  readonly now: Date;
}

/** Most entries per fsync: some megabytes. */
const AT_ONCE = 10_000;

function unwritable(cause: unknown): MonitorError {
  return new MonitorError('audit', 'the audit cannot be written: nothing is shown', {
    severity: 'retry',
    fix: 'free space or repair the disk; the audit goes on by itself',
    cause,
  });
}

/**
 * Opens a home's audit for its one owner. Only the end is checked; `checkAudit` checks all of it. After a failed write
 * the file is truncated to the last acknowledged entry, and the next entry continues from there.
 * @throws MonitorError `audit-damaged` when its last line is broken
 */
export async function openAudit(home: Home, clock: Clock): Promise<Audit> {
  mkdirSync(folderOf(home), { recursive: true, mode: 0o700 });
  /** The audit's length and head on disk. */
  let written = await cutEnd(home);
  let file = auditFiles(home).at(-1) ?? '';
  let handle: FileHandle | null = null;
  /** Bytes of the open file up to the last acknowledged entry. */
  let length = 0;
  /** A failed write may have left bytes beyond that length. */
  let torn = false;

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
    // A single `write` may be partial; this writes everything or fails.
    await into.appendFile(text);
    await into.datasync();
    torn = false;
    length += Buffer.byteLength(text);
  };
  /** Chains an entry to the one before; returns it with the new length and head. */
  const entryAfter = (
    { count, head }: Checkpoint,
    { fact, now }: Waiting,
  ): { readonly text: string; readonly reaches: Checkpoint } => {
    const body = { ...fact, seq: count + 1, at: now.toISOString(), prev: head };
    const entry: AuditEntry = { ...body, hash: hashOf(body) };
    return { text: `${lineOf(entry)}\n`, reaches: { count: entry.seq, head: entry.hash } };
  };
  /** The file of an entry's month, never older than the current file: file order is chain order. */
  const fileFor = ({ now }: Waiting, before: string): string => {
    const own = `${shanghaiDate({ now: () => now }).slice(0, 7)}.jsonl`;
    return own > before ? own : before;
  };
  const writeFrom = async (name: string, batch: readonly Waiting[]): Promise<void> => {
    let reaches = written;
    const texts = batch.map((one) => {
      const entry = entryAfter(reaches, one);
      reaches = entry.reaches;
      return entry.text;
    });
    await append(name, texts.join(''));
    written = reaches;
  };
  const lines = new GroupCommit<Waiting, void>(AT_ONCE, async (batch) => {
    const rest = [...batch];
    const outcomes: PromiseSettledResult<void>[] = [];
    try {
      while (rest[0] !== undefined) {
        const name = fileFor(rest[0], file);
        const end = rest.findIndex((one) => fileFor(one, name) !== name);
        const same = rest.slice(0, end === -1 ? rest.length : end);
        await writeFrom(name, same);
        rest.splice(0, same.length);
        outcomes.push(...same.map(() => done(undefined)));
      }
    } catch (error) {
      await cutBack().catch(() => undefined);
      outcomes.push(...rest.map(() => failed(unwritable(error))));
    }
    return outcomes;
  });
  return {
    get checkpoint() {
      return written;
    },
    write: (fact) => lines.add({ fact, now: clock.now() }),
    close: () =>
      lines.between(async () => {
        await handle?.close();
      }),
  };
}
