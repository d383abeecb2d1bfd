/**
 * The embedded PostgreSQL of a home. Whichever process comes first starts it, all share it, the last one stops it. It
 * listens on a private Unix socket only and syncs each commit. A server that outlived a killed process serves the next.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Pool, type PoolConfig } from 'pg';
import { MonitorError } from '../../core/errors.ts';
import type { Home } from '../../core/home.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import {
  databaseFolder,
  makeFolder,
  postmasterOf,
  USER,
  withCall,
  type DatabaseFolder,
} from './folder.ts';

export interface DatabaseServer {
  /** A pool of connections; its user ends it before the server is closed. */
  pool(settings: Pick<PoolConfig, 'max' | 'options'>): Pool;
  /** Stops the server if nobody else uses it. */
  close(): Promise<void>;
}

/** Statements and values never reach the log; errors there have no detail, which may quote a row. */
const QUIET = [
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
  'log_parameter_max_length_on_error=0',
  'log_checkpoints=off',
  'log_timezone=Asia/Shanghai',
];

/** A home's work needs little memory and no other machine. */
const SMALL = [
  'shared_buffers=64MB',
  'max_connections=80',
  'max_parallel_workers_per_gather=0',
  'jit=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'timezone=Asia/Shanghai',
];

/** Advisory lock that each user holds shared; who gets it alone is the last one. */
const IN_USE = 0x646f7564;

/** Milliseconds between two attempts while the server starts. */
const PAUSE = 20;
/** Milliseconds that a server may take to answer at all; one that recovers says so and is waited for. */
const PATIENCE = 30_000;

/** `starting up`, `shutting down`, `in recovery`. */
const NOT_YET = '57P03';

async function connect(folder: DatabaseFolder): Promise<Client> {
  const client = new Client({ host: folder.socket, user: USER, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Whether a process is a server on the folder, by whichever path it was given: a home may be reached through a link. */
function servesFolder(pid: number, data: string): boolean {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  const path = words[words.indexOf('-D') + 1];
  const given =
    words.includes('-D') && path !== undefined
      ? statSync(path, { throwIfNoEntry: false })
      : undefined;
  const own = statSync(data);
  return given?.dev === own.dev && given.ino === own.ino;
}

/**
 * After a crash and a restart of the machine (or its container) the lock may name a process that is another program by
 * now, and PostgreSQL would refuse to start for ever. A server's own lock is never touched.
 */
export function dropStaleLock(folder: DatabaseFolder): void {
  const pid = postmasterOf(folder);
  if (pid === undefined || !lives(pid)) return;
  try {
    if (!servesFolder(pid, folder.data))
      rmSync(join(folder.data, 'postmaster.pid'), { force: true });
  } catch {
    // Not Linux, or it has ended meanwhile: PostgreSQL decides.
  }
}

/** Whether a server is at work on the home's folder, even one that does not answer here. */
export function isServed(home: Home): boolean {
  const folder = databaseFolder(home);
  const pid = postmasterOf(folder);
  try {
    return pid !== undefined && lives(pid) && servesFolder(pid, folder.data);
  } catch {
    return true;
  }
}

/** Starts a server of its own session, so that Ctrl-C of a terminal does not reach it. */
async function launch(binaries: Binaries, folder: DatabaseFolder): Promise<Client> {
  dropStaleLock(folder);
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${folder.socket}`,
    'unix_socket_permissions=0700',
    ...QUIET,
    ...SMALL,
  ].flatMap((setting) => ['-c', setting]);
  return withCall(
    binaries,
    folder,
    'postgres',
    ['-D', folder.data, ...settings],
    async (call, env) => {
      const log = openSync(folder.log, 'a', 0o600);
      const child = spawn(call.command, call.words, {
        env,
        detached: true,
        stdio: ['ignore', log, log],
      });
      closeSync(log);
      child.unref();
      const server = { ended: false };
      for (const event of ['exit', 'error']) child.once(event, () => (server.ended = true));
      for (let waited = 0; ; waited += PAUSE) {
        try {
          return await connect(folder);
        } catch (error) {
          // Another process may have been first; its server then answers soon.
          const hopeless = server.ended
            ? postmasterOf(folder) === undefined || waited > PATIENCE
            : waited > PATIENCE && codeOf(error) !== NOT_YET;
          if (hopeless)
            throw new MonitorError('database', 'the embedded PostgreSQL does not start', {
              severity: 'retry',
              fix: `look at the end of ${folder.log}`,
              cause: error,
            });
        }
        await sleep(PAUSE);
      }
    },
  );
}

/** A connection of ours that says that the server is in use; starts the server where it must. */
async function enter(binaries: Binaries, folder: DatabaseFolder): Promise<Client> {
  for (let tries = 1; ; tries += 1) {
    const client = await connect(folder).catch(() => launch(binaries, folder));
    try {
      await client.query('SELECT pg_advisory_lock_shared($1)', [IN_USE]);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      // The last user was just stopping it.
      if (tries === 5) throw error;
    }
  }
}

/** @returns once it has ended */
async function stop(folder: DatabaseFolder): Promise<void> {
  const pid = postmasterOf(folder);
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    return;
  }
  while (postmasterOf(folder) === pid && lives(pid)) await sleep(PAUSE);
}

async function leave(client: Client, folder: DatabaseFolder): Promise<void> {
  let last = false;
  try {
    await client.query('SELECT pg_advisory_unlock_shared($1)', [IN_USE]);
    const { rows } = await client.query<{ last: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS last',
      [IN_USE],
    );
    last = rows[0]?.last === true;
  } catch {
    // The server has gone already.
  }
  if (last) await stop(folder);
  await client.end().catch(() => undefined);
}

/**
 * Opens the database of a home: made at the first time (half a second), started unless it runs.
 * @param onError receives lost connections; never data
 * @throws MonitorError `no-database`, `database`, `disk-full`
 */
export async function openEmbeddedServer(
  home: Home,
  onError: (error: Error) => void,
): Promise<DatabaseServer> {
  const binaries = await findBinaries();
  const folder = databaseFolder(home);
  await makeFolder(binaries, folder);
  const closing = new AbortController();
  let current: Promise<Client>;
  const regain = async (lost: Client): Promise<Client> => {
    while (!closing.signal.aborted) {
      try {
        return await hold();
      } catch (error) {
        onError(error as Error);
        await sleep(1_000, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
    return lost;
  };
  /** Enters again whenever the server was lost: somebody may have killed it. */
  const hold = async (): Promise<Client> => {
    const client = await enter(binaries, folder);
    client.once('end', () => {
      if (!closing.signal.aborted) current = regain(client);
    });
    return client;
  };
  current = hold();
  await current;
  return {
    pool(settings) {
      const pool = new Pool({
        host: folder.socket,
        user: USER,
        database: 'postgres',
        allowExitOnIdle: true,
        ...settings,
      });
      // The last connections may learn of the stop before they have ended.
      pool.on('error', (error) => {
        if (!closing.signal.aborted) onError(error);
      });
      return pool;
    },
    async close() {
      closing.abort();
      await leave(await current, folder);
    },
  };
}
