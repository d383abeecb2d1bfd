/**
 * The part of `pg.Pool` that BullMQ's PostgreSQL backend uses, over one in-process PGlite: every client is the same
 * session. BullMQ opens transactions only in its migrations, which run before anything else.
 */
import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PGlite, Results } from '@electric-sql/pglite';
import pLimit from 'p-limit';
import type { PgNotification, PgPool, PgPoolClient, PgQueryResult } from 'bullmq';

/** BullMQ passes JSON (types 114 and 3802) as text already; PGlite would quote it a second time. */
const JSON_AS_TEXT = { 114: String, 3802: String };

type Rows = PgQueryResult<never>;

type Ask = (text: string, values?: readonly unknown[]) => Promise<Rows>;

async function run(database: PGlite, text: string, values?: readonly unknown[]): Promise<Rows> {
  // Without values it may be several statements (migrations), which a prepared one cannot be.
  const result: Results<never> | undefined =
    values === undefined
      ? ((await database.exec(text)).at(-1) as Results<never> | undefined)
      : await database.query<never>(text, [...values], { serializers: JSON_AS_TEXT });
  return { rows: result?.rows ?? [], rowCount: result?.affectedRows ?? null };
}

class Client extends EventEmitter {
  readonly query: Ask;
  readonly release: () => void;

  constructor(query: Ask, onRelease: (client: Client) => void) {
    super({ captureRejections: false });
    this.setMaxListeners(0);
    this.query = query;
    this.release = () => {
      onRelease(this);
    };
  }
}

export function poolOver(database: PGlite): PgPool {
  const line = pLimit(1);
  // The database runs on this thread, and 88 workers query at the same moment: statements back to back would block
  // everything else for a quarter of a second.
  const query: Ask = (text, values) =>
    line(async () => {
      await nextTurn();
      return run(database, text, values);
    });
  const clients = new Set<Client>();
  database.onNotification((channel, payload) => {
    const message: PgNotification = { channel, payload };
    for (const client of clients) client.emit('notification', message);
  });
  const pool = Object.assign(new EventEmitter(), {
    query,
    connect: () => {
      const client = new Client(query, (released) => {
        released.removeAllListeners();
        clients.delete(released);
      });
      clients.add(client);
      return Promise.resolve(client as unknown as PgPoolClient);
    },
    // The opener closes the database.
    end: () => Promise.resolve(),
    options: { keepAlive: true },
  });
  pool.setMaxListeners(0);
  return pool;
}
