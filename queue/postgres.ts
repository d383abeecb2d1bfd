/** Jobs in the PostgreSQL of the home, through BullMQ's own backend: nothing to install. */
import { createPostgresBackend, runMigrations, withBackend, type PgPool } from 'bullmq';
import type { Pool, PoolConfig } from 'pg';
import type { Backend } from './backend.ts';
import { withDeadline } from './deadline.ts';
import { maker } from './make.ts';
import { withSharedListener } from './shared-listener.ts';

/** The database that jobs are kept in. */
export interface QueueDatabase {
  /** A pool of connections; the queue ends it. */
  pool(settings: Pick<PoolConfig, 'max' | 'options'>): Pool;
  close(): Promise<void>;
}

const classes = withBackend(createPostgresBackend);

/** The schema that BullMQ keeps its tables in. */
const SCHEMA = 'bullmq';

/** Jobs can be lost and are refilled from the ledger: they need not wait for the disk. */
const SETTINGS = `-c search_path=${SCHEMA} -c synchronous_commit=off`;

/** One of them listens for all workers. */
const CONNECTIONS = 12;

/** Workers are notified of jobs; polling only covers missed notifications. */
const IDLE_SECONDS = 60;

/** Opens the queue; closing it closes the database too. */
export async function openPostgres(
  database: QueueDatabase,
  onError: (error: Error) => void,
): Promise<Backend> {
  const pool = database.pool({ max: CONNECTIONS, options: SETTINGS });
  const client = await pool.connect();
  try {
    // Once, here: on every connection it would hang 88 queues.
    await runMigrations(client, SCHEMA);
  } finally {
    client.release();
  }
  const shared = withSharedListener(pool as unknown as PgPool);
  const { queue, worker, closeAll } = maker(
    classes,
    { producer: shared, consumer: shared },
    IDLE_SECONDS,
    onError,
  );
  return {
    kind: 'embedded',
    queue,
    worker,
    async reachable() {
      try {
        await withDeadline('SELECT 1', pool.query('SELECT 1'), 2_000);
        return true;
      } catch {
        return false;
      }
    },
    async close() {
      await closeAll();
      await shared.end();
      await database.close();
    },
  };
}
