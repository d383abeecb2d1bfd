/** File copies that survive a power cut: written as drafts, renamed into place, synced together at the end. */
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';

export interface Digests {
  readonly bytes: number;
  readonly sha256: string;
  readonly sm3: string;
}

/** Files copied at once: their syncs share disk commits, the bottleneck with thousands of small lists. */
const AT_ONCE = 8;

/**
 * Copies files, each whole or not at all, and syncs their folders once at the end: copies count only once something
 * written after `done` refers to them.
 */
export class Copies {
  private readonly drafts: string;
  private readonly folders = new Set<string>();
  private count = 0;

  /** @param drafts a dedicated folder on the target disk */
  constructor(drafts: string) {
    this.drafts = drafts;
    rmSync(drafts, { recursive: true, force: true });
    mkdirSync(drafts, { recursive: true, mode: 0o700 });
  }

  /** @param length bytes from the start; defaults to all. @returns digests of the copy */
  async copy(from: string, to: string, length?: number): Promise<Digests> {
    this.count += 1;
    const draft = join(this.drafts, `file-${this.count}`);
    const hashes = [createHash('sha256'), createHash('sm3')] as const;
    let bytes = 0;
    const file = await open(draft, 'wx', 0o600);
    try {
      for await (const piece of headOf(from, length)) {
        for (const hash of hashes) hash.update(piece);
        bytes += piece.length;
        await file.writeFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    await rename(draft, to);
    for (let folder = dirname(to); !this.folders.has(folder); folder = dirname(folder))
      this.folders.add(folder);
    return { bytes, sha256: hashes[0].digest('hex'), sm3: hashes[1].digest('hex') };
  }

  /** Runs `work` for all items, several at a time; results in item order. */
  all<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
    const turn = pLimit(AT_ONCE);
    return Promise.all(list.map((one) => turn(() => work(one))));
  }

  /** Syncs the folders, so that every name is on disk too. */
  async done(root: string): Promise<void> {
    for (const path of this.folders) {
      if (path !== root && !path.startsWith(`${root}/`)) continue;
      const folder = await open(path, 'r');
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    }
    rmSync(this.drafts, { recursive: true, force: true });
  }
}

/** The first bytes of a file, or all of it, in chunks. */
export async function* headOf(path: string, length?: number): AsyncGenerator<Buffer> {
  // An empty range cannot be written as `end: -1`.
  if (length === 0) return;
  const end = length === undefined ? {} : { end: length - 1 };
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20, ...end }))
    yield piece as Buffer;
}
