/** The queue of a home: Redis where an address is given, otherwise the home's own PostgreSQL. */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MonitorError } from '../../core/errors.ts';
import type { Home } from '../../core/home.ts';
import type { Backend } from '../../queue/backend.ts';
import { openBackend } from '../../queue/open.ts';
import type { DatabaseServer } from '../../store/postgres/server.ts';

/** The folder that held the queue until 0.1.0. Its jobs are due in the ledger and are pushed again. */
const BEFORE = 'queue';

/**
 * The ledger is the source of truth: a folder that a crash left unusable is put aside, and the next reconcile fills the
 * new one from the ledger.
 */
async function openDatabase(home: Home, onError: (error: Error) => void): Promise<DatabaseServer> {
  const { isServed, openEmbeddedServer } = await import('../../store/postgres/server.ts');
  try {
    return await openEmbeddedServer(home, onError);
  } catch (error) {
    if (!(error instanceof MonitorError && error.code === 'database')) throw error;
    // Somebody works on it: it is not damaged, only out of reach from here.
    if (isServed(home)) throw error;
    const folder = join(home.root, 'postgres');
    const aside = `${folder}.damaged`;
    rmSync(aside, { recursive: true, force: true });
    renameSync(folder, aside);
    return openEmbeddedServer(home, onError);
  }
}

/**
 * @param url `redis://` or `rediss://`; undefined: embedded
 * @param onError receives connection errors; never job data
 */
export function openQueue(
  home: Home,
  url: string | undefined,
  onError: (error: Error) => void,
): Promise<Backend> {
  return openBackend(
    url,
    async () => {
      const server = await openDatabase(home, onError);
      rmSync(join(home.root, BEFORE), { recursive: true, force: true });
      return server;
    },
    onError,
  );
}
