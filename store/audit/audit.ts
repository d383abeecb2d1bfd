/**
 * Who read which person's record, and who came and went, on the disk before the answer leaves (promise G20). Entries that
 * arrive while the disk is busy go out together, with one fsync.
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

/** What somebody did, and when: the entry's place in the chain is known once it is written. */
interface Waiting {
  readonly fact: AuditFact;
  readonly now: Date;
}

/** Entries of one fsync at most: some megabytes. */
const AT_ONCE = 10_000;

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
  /** How far the audit goes on the disk. */
  let written = await cutEnd(home);
  let file = auditFiles(home).at(-1) ?? '';
  let handle: FileHandle | null = null;
  /** Bytes of the open file up to the last entry that was acknowledged. */
  let length = 0;
  /** Behind that length something may stand that was refused. */
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
    // One `write` may take less than it was given; this takes all or fails.
    await into.appendFile(text);
    await into.datasync();
    torn = false;
    length += Buffer.byteLength(text);
  };
  /** The entry that follows an earlier one, and how far the audit goes with it. */
  const entryAfter = (
    { count, head }: Checkpoint,
    { fact, now }: Waiting,
  ): { readonly text: string; readonly reaches: Checkpoint } => {
    const body = { ...fact, seq: count + 1, at: now.toISOString(), prev: head };
    const entry: AuditEntry = { ...body, hash: hashOf(body) };
    return { text: `${lineOf(entry)}\n`, reaches: { count: entry.seq, head: entry.hash } };
  };
  /** The file of an entry's month; never back into an older one: the files' order is the chain's. */
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
