/**
 * The shape of a `pg.Pool` over one in-process PGlite, as far as BullMQ's PostgreSQL backend uses it: every client is
 * the same session. BullMQ opens a transaction of its own only in its migrations, which run before anything else.
 */
import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PGlite, Results } from '@electric-sql/pglite';
import pLimit from 'p-limit';
import type { PgNotification, PgPool, PgPoolClient, PgQueryResult } from 'bullmq';

/** BullMQ hands over JSON (types 114 and 3802) as text already; PGlite would quote it a second time. */
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
  // The database runs on this thread, and 88 workers ask at the same moments: one statement right after the other would
  // keep everybody else waiting for a quarter of a second.
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
    // The database is closed by whoever opened it.
    end: () => Promise.resolve(),
    options: { keepAlive: true },
  });
  pool.setMaxListeners(0);
  return pool;
}
