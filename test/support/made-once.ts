/** What costs a run to make is made by the first test that needs it; each test has a copy of its own. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/**
 * Called once in a file of tests.
 * @param make makes the home from what already stands in it (its doudi.yaml)
 * @returns fills a test's own home
 */
export function madeOnce(
  make: (home: string) => Promise<unknown>,
): (home: string) => Promise<void> {
  let made: string | undefined;
  afterAll(() => {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
  });
  return async (home) => {
    if (made === undefined) {
      const folder = mkdtempSync(join(tmpdir(), 'doudi-'));
      cpSync(home, folder, { recursive: true });
      await make(folder);
      made = folder;
    }
    cpSync(made, home, { recursive: true });
  };
}
