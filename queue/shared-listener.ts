/**
 * A pool whose checked-out clients all listen through one connection. BullMQ checks a client out per worker, for LISTEN
 * and for as long as the worker lives: 88 workers would hold 88 connections of the server, at three megabytes each.
 */
import { EventEmitter } from 'node:events';
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';

/** What a worker holds in place of a connection. */
class Listener extends EventEmitter {
  readonly query: (text: string, values?: readonly unknown[]) => Promise<PgQueryResult<never>>;
  readonly release: () => void;

  constructor(query: Listener['query'], onRelease: (listener: Listener) => void) {
    super();
    this.setMaxListeners(0);
    this.query = query;
    this.release = () => {
      onRelease(this);
    };
  }
}

/** BullMQ's commands begin with a comment. */
const LISTEN = /^LISTEN\b/m;

const NOTHING = { rows: [], rowCount: 0 } as PgQueryResult<never>;

/**
 * BullMQ asks a checked-out client for one statement at a time and opens no transaction on it, so that anything but LISTEN
 * may go to whichever connection is free.
 * @param pool keeps one of its connections for listening
 */
export function withSharedListener(pool: PgPool): PgPool {
  const listeners = new Set<Listener>();
  let shared: Promise<PgPoolClient> | undefined;
  /** Channels that the shared connection listens to; each is asked for once. */
  const channels = new Map<string, Promise<unknown>>();

  const lose = (error: Error, client: PgPoolClient): void => {
    shared = undefined;
    channels.clear();
    client.release(true);
    // Each worker lets go of its listener, takes another and looks for jobs that it was not told of.
    for (const listener of [...listeners]) listener.emit('error', error);
  };

  const listening = (): Promise<PgPoolClient> => {
    shared ??= pool.connect().then(
      (client) => {
        client.on('notification', (message) => {
          for (const listener of listeners) listener.emit('notification', message);
        });
        client.on('error', (error) => {
          lose(error, client);
        });
        return client;
      },
      (error: unknown) => {
        shared = undefined;
        throw error;
      },
    );
    return shared;
  };

  const listen = async (text: string): Promise<PgQueryResult<never>> => {
    const client = await listening();
    let asked = channels.get(text);
    if (asked === undefined) {
      asked = client.query(text);
      channels.set(text, asked);
      asked.catch(() => channels.delete(text));
    }
    await asked;
    return NOTHING;
  };

  const query: Listener['query'] = (text, values) => {
    if (LISTEN.test(text)) return listen(text);
    // The name of a connection that all workers share would say nothing.
    if (text.includes("'application_name'")) return Promise.resolve(NOTHING);
    return pool.query<never>(text, values);
  };

  return Object.assign(new EventEmitter(), {
    query: pool.query.bind(pool),
    async connect() {
      await listening();
      const listener = new Listener(query, (released) => {
        released.removeAllListeners();
        listeners.delete(released);
      });
      listeners.add(listener);
      return listener;
    },
    async end() {
      const client = await shared?.catch(() => undefined);
      client?.removeAllListeners('notification');
      client?.removeAllListeners('error');
      client?.on('error', () => undefined);
      client?.release(true);
      await pool.end();
    },
    options: { keepAlive: true },
  }).setMaxListeners(0);
}
