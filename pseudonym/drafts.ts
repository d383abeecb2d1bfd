/**
 * Files that appear whole or not at all. They are written to a hidden folder beside their target, synced, and renamed
 * together at the end; a killed process leaves the folder, and the next one in the same place removes it.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { MonitorError } from '../core/errors.ts';
import { failpoint } from '../core/failpoint.ts';
import { writeAll } from '../core/write-all.ts';

/** Buffer size: a write for each row would cost more than the rows. */
const BUFFER = 1 << 16;
const PREFIX = '.pseudonymise-';

interface Draft {
  readonly path: string;
  pieces: string[];
  length: number;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
    if (Number.isSafeInteger(pid) && (pid === process.pid || !alive(pid)))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

export class Drafts {
  private readonly folder: string;
  private readonly hidden: string;
  private readonly drafts = new Map<string, Draft>();

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    removeLeftovers(folder);
    this.hidden = join(folder, `${PREFIX}${process.pid}`);
    mkdirSync(this.hidden, { mode: 0o700 });
  }

  get names(): readonly string[] {
    return [...this.drafts.keys()];
  }

  has(name: string): boolean {
    return this.drafts.has(name);
  }

  path(name: string): string {
    return join(this.hidden, name);
  }

  /** @throws MonitorError `exists` when the file exists: nothing is overwritten, it may be the source */
  begin(name: string): void {
    const place = join(this.folder, name);
    if (existsSync(place))
      throw new MonitorError('exists', `${place} already exists`, {
        fix: 'move it away, or name another folder with --out',
      });
    const path = this.path(name);
    closeSync(openSync(path, 'wx', 0o600));
    this.drafts.set(name, { path, pieces: [], length: 0 });
  }

  write(name: string, text: string): void {
    const draft = this.drafts.get(name);
    if (draft === undefined) throw new Error('a draft is begun before it is written');
    draft.pieces.push(text);
    draft.length += text.length;
    if (draft.length >= BUFFER) this.flush(draft);
  }

  /** Opened only while writing: a file with thousands of counties has thousands of rosters. */
  private flush(draft: Draft, last = false): void {
    const file = openSync(draft.path, 'a');
    try {
      writeAll(file, Buffer.from(draft.pieces.join(''), 'utf8'));
      if (last) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    draft.pieces = [];
    draft.length = 0;
  }

  /** Everything is on disk, nothing in place yet. */
  finish(): void {
    for (const draft of this.drafts.values()) this.flush(draft, true);
  }

  /** The first file is renamed last: if it exists, so do the others. */
  publish(): void {
    failpoint('pseudonymise-before-rename');
    for (const name of [...this.drafts.keys()].reverse())
      renameSync(this.path(name), join(this.folder, name));
    const folder = openSync(this.folder, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
    this.discard();
  }

  discard(): void {
    rmSync(this.hidden, { recursive: true, force: true });
  }
}
