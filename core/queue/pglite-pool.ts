/**
 * The shape of a `pg.Pool` over one in-process PGlite, as far as BullMQ's PostgreSQL backend uses it: every client is
 * the same session. BullMQ opens a transaction of its own only in its migrations, which run before anything else.
 */
import { EventEmitter } from 'node:events';
import type { PGlite, Results } from '@electric-sql/pglite';
import type { PgNotification, PgPool, PgPoolClient, PgQueryResult } from 'bullmq';

/** BullMQ hands over JSON (types 114 and 3802) as text already; PGlite would quote it a second time. */
const JSON_AS_TEXT = { 114: String, 3802: String };

type Rows = PgQueryResult<never>;

async function query(database: PGlite, text: string, values?: readonly unknown[]): Promise<Rows> {
  // Without values it may be several statements (migrations), which a prepared one cannot be.
  const result: Results<never> | undefined =
    values === undefined
      ? ((await database.exec(text)).at(-1) as Results<never> | undefined)
      : await database.query<never>(text, [...values], { serializers: JSON_AS_TEXT });
  return { rows: result?.rows ?? [], rowCount: result?.affectedRows ?? null };
}

class Client extends EventEmitter {
  readonly query: (text: string, values?: readonly unknown[]) => Promise<Rows>;
  readonly release: () => void;

  constructor(database: PGlite, onRelease: (client: Client) => void) {
    super({ captureRejections: false });
    this.setMaxListeners(0);
    this.query = (text, values) => query(database, text, values);
    this.release = () => {
      onRelease(this);
    };
  }
}

export function poolOver(database: PGlite): PgPool {
  const clients = new Set<Client>();
  database.onNotification((channel, payload) => {
    const message: PgNotification = { channel, payload };
    for (const client of clients) client.emit('notification', message);
  });
  const pool = Object.assign(new EventEmitter(), {
    query: (text: string, values?: readonly unknown[]) => query(database, text, values),
    connect: () => {
      const client = new Client(database, (released) => {
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
