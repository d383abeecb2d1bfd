/** Jobs in an embedded PostgreSQL (PGlite) in the home: BullMQ's own PostgreSQL backend, nothing to install. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import type { Home } from '../core/home.ts';
import type { Backend } from './backend.ts';
import { withDeadline } from './deadline.ts';
import { maker } from './make.ts';
import { poolOver } from './pglite-pool.ts';

const classes = withBackend(createPostgresBackend);

/** The schema that BullMQ keeps its tables in. */
const SCHEMA = 'bullmq';

/** Workers are notified of jobs within the process; polling only covers missed notifications. */
const IDLE_SECONDS = 60;

/**
 * The ledger is the source of truth: a folder left unreadable by a crash is deleted, and the next reconcile refills the
 * new one from the ledger.
 */
async function openDatabase(folder: string): Promise<PGlite> {
  const open = (): Promise<PGlite> => PGlite.create(folder, { relaxedDurability: true });
  try {
    return await open();
  } catch {
    const aside = `${folder}.damaged`;
    rmSync(aside, { recursive: true, force: true });
    renameSync(folder, aside);
    return open();
  }
}

export async function openEmbedded(home: Home, onError: (error: Error) => void): Promise<Backend> {
  const folder = join(home.root, 'queue');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = await openDatabase(folder);
  const pool = poolOver(database);
  try {
    await runMigrations(await pool.connect(), SCHEMA);
    await database.exec(`SET search_path TO ${SCHEMA}`);
  } catch (error) {
    await database.close();
    throw error;
  }
  const { queue, worker, closeAll } = maker(
    classes,
    { producer: pool, consumer: pool },
    IDLE_SECONDS,
    onError,
  );
  return {
    kind: 'embedded',
    queue,
    worker,
    async reachable() {
      try {
        await withDeadline('SELECT 1', database.query('SELECT 1'), 2_000);
        return true;
      } catch {
        return false;
      }
    },
    async close() {
      await closeAll();
      await database.close();
    },
  };
}
