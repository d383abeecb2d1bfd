/** A disk of a given size, in memory, that may be made larger while it is in use. Mounting needs root. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly path: string;
  /** @param kib size in KiB */
  resize(kib: number): void;
  /** KiB in use. */
  used(): number;
}

function mount(...words: string[]): void {
  execFileSync('mount', words, { stdio: 'ignore' });
}

export async function withDisk<T>(kib: number, work: (disk: SmallDisk) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'doudi-disk-'));
  mount('-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', path);
  try {
    return await work({
      path,
      resize(to) {
        mount('-o', `remount,size=${to}k`, path);
      },
      used() {
        const { blocks, bfree, bsize } = statfsSync(path);
        return Math.ceil(((blocks - bfree) * bsize) / 1024);
      },
    });
  } finally {
    execFileSync('umount', ['-l', path], { stdio: 'ignore' });
    rmSync(path, { recursive: true, force: true });
  }
}

/** Whether this process may mount. */
export const CAN_MOUNT = await withDisk(1024, () => Promise.resolve(true)).catch(() => false);
