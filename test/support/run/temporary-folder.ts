/** Where tests make their homes. */
import { mkdirSync, mkdtempSync, statfsSync } from 'node:fs';
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

/**
 * A folder of this run of the tests alone, in memory where there is room: a home's hundred syncs per month wait for no
 * disk there. `DOUDI_TEST_DISK=1` keeps to the disk.
 */
export function temporaryFolder(): string {
  const known = process.env['DOUDI_TEST_TEMPORARY'];
  if (known !== undefined) {
    mkdirSync(known, { recursive: true });
    return known;
  }
  const inMemory = process.env['DOUDI_TEST_DISK'] !== '1' && hasRoom(IN_MEMORY);
  const made = mkdtempSync(join(inMemory ? IN_MEMORY : tmpdir(), 'doudi-tests-'));
  process.env['DOUDI_TEST_TEMPORARY'] = made;
  return made;
}
