/**
 * An empty embedded queue for a home: the database behind it takes seconds to make and a moment to copy, and dozens of
 * tests begin with one. The demo's test takes the long way, as a new office does.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openHome } from '../../core/home.ts';
import { openEmbedded } from '../../queue/embedded.ts';
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
    `queue-${version('@electric-sql/pglite')}-${version('bullmq')}`,
  );
  if (existsSync(made)) return made;
  mkdirSync(dirname(made), { recursive: true });
  const own = mkdtempSync(`${made}-`);
  const backend = await openEmbedded(openHome(own), () => undefined);
  await backend.close();
  try {
    renameSync(join(own, 'queue'), made);
  } catch (error) {
    // Another worker of the suite was first.
    if (!existsSync(made)) throw error;
  }
  rmSync(own, { recursive: true, force: true });
  return made;
}

/** Only for a home that has no queue yet. */
export async function layQueue(home: string): Promise<void> {
  const folder = join(home, 'queue');
  if (!existsSync(folder)) cpSync(await pattern(), folder, { recursive: true });
}
