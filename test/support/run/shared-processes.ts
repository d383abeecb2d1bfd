/** Which test files share a process, and what they share in it. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vitest/config';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Test files about the process itself: who its children are, how much memory it needs. */
export const ALONE = [
  'test/integration/reader.test.ts',
  'test/integration/formats-hostile.test.ts',
  // It puts faults in the place of the system's calls.
  'test/unit/append-only.test.ts',
];

/** Tests that import the module itself get the module itself. */
const tests = path('../../');

/** A plugin that puts a file of the tests in the place of a module of the program. */
function inPlaceOf(module: string, stand: string): Plugin {
  const replaced = path(module);
  const standing = path(stand);
  const name = basename(replaced);
  // A file that has moved would be itself again, and nobody would see more than a slow suite.
  if (!existsSync(replaced))
    throw new Error(`there is no ${replaced} for ${stand} to stand in for`);
  return {
    name: `doudi:${stand}`,
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (importer?.startsWith(tests) !== false || basename(source) !== name) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      return found?.id === replaced ? standing : null;
    },
  };
}

/** Readers of files start from what `npm run build` made, where there is one: three times as fast. */
export function builtReader(): Plugin[] {
  const built =
    process.env['DOUDI_PROGRAM'] === 'dist' &&
    existsSync(path('../../../dist/connectors/reader/read-child.js'));
  return built ? [inPlaceOf('../../../connectors/reader/child-entry.ts', 'built-child.ts')] : [];
}

/** A reader of files stays for the next run of the same process, unless it read a binary file. */
export function warmReader(): Plugin {
  return inPlaceOf('../../../connectors/reader/child.ts', 'warm-reader.ts');
}

/** Months are counted where all of them pass. */
export function countedMonths(): Plugin {
  return inPlaceOf('../../../pipelines/steps/identify.ts', 'counted-month.ts');
}

/** New passwords are hashed as if computers were as slow as they were. */
export function cheapPasswords(): Plugin {
  return inPlaceOf('../../../store/accounts/password.ts', 'cheap-password.ts');
}
