/**
 * Homes that test files have in common: the first file of a run that needs one makes it, each test works on a copy. Two
 * processes that want the same one wait for each other.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from './run/temporary-folder.ts';

/** Where they stand while the tests run; a run under `--watch` clears it when a source has changed. */
export const SHARED = join(temporaryFolder(), 'shared');

/** @returns whether this process makes it now */
function claim(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param folder what the made folder is copied into
 * @param setUp all that decides what is made: two calls with the same words get the same folder
 * @param make fills the folder that it is given
 */
export async function sharedFolder(
  folder: string,
  setUp: readonly unknown[],
  make: (folder: string) => Promise<unknown>,
): Promise<void> {
  const key = createHash('sha256').update(JSON.stringify(setUp)).digest('hex').slice(0, 16);
  const made = join(SHARED, key);
  const lock = `${made}.lock`;
  mkdirSync(SHARED, { recursive: true });
  while (!existsSync(made)) {
    if (!claim(lock)) {
      await sleep(100);
      continue;
    }
    try {
      if (existsSync(made)) break;
      const draft = mkdtempSync(`${made}-`);
      await make(draft);
      renameSync(draft, made);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  cpSync(made, folder, { recursive: true });
}
