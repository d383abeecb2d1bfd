/** Where tests make their homes. */
import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
/** The homes of two test files at a time, with room to spare. */
const ROOM_BYTES = 4 * 2 ** 30;

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}

/** What the process that runs the tests says to those in which they run. */
const FOLDER = 'DOUDI_TEST_TEMPORARY';
const OWNER = 'DOUDI_TEST_OWNER';

/** Whether this process has made the folder; a run inside a test has one of its own. */
function ownsFolder(): boolean {
  return process.env[OWNER] === String(process.pid);
}

/**
 * Makes the folder of this run of the tests, in memory where there is room: a home's hundred syncs per month wait for no
 * disk there. `DOUDI_TEST_DISK=1` keeps to the disk.
 */
export function makeTemporaryFolder(): string {
  if (!ownsFolder()) {
    const inMemory = process.env['DOUDI_TEST_DISK'] !== '1' && hasRoom(IN_MEMORY);
    process.env[FOLDER] = mkdtempSync(join(inMemory ? IN_MEMORY : tmpdir(), 'doudi-tests-'));
    process.env[OWNER] = String(process.pid);
  }
  return temporaryFolder();
}

/** The folder of the run that this process takes part in. */
export function temporaryFolder(): string {
  const folder = process.env[FOLDER];
  if (folder === undefined)
    throw new Error('these are not the tests as vitest.config.ts runs them');
  return folder;
}
