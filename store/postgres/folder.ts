/** The folder of the embedded PostgreSQL in a home: what is in it, and how it is made. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromSystem, MonitorError } from '../../core/errors.ts';
import type { Home } from '../../core/home.ts';
import { linkLibraries, type Binaries } from './binaries.ts';
import { callOf, handOver, type ProgramCall } from './unprivileged.ts';

/** The account and database of PostgreSQL that doudi works with; nobody else can reach the socket. */
export const USER = 'doudi';

/** Bytes of a Unix socket's path on every system that doudi runs on, the trailing zero left out. */
const LONGEST_SOCKET = 103;
const SOCKET = '/.s.PGSQL.5432';

export interface DatabaseFolder {
  readonly home: string;
  readonly root: string;
  /** The cluster itself. */
  readonly data: string;
  /** Start-up and failures of the server, without statements or their values. */
  readonly log: string;
  /** Folder of the private socket: the home's, or a short one where that path is too long. */
  readonly socket: string;
}

export function databaseFolder(home: Home): DatabaseFolder {
  const root = join(home.root, 'postgres');
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const short = Buffer.byteLength(`${root}${SOCKET}`) <= LONGEST_SOCKET;
  return {
    home: home.root,
    root,
    data: join(root, 'data'),
    log: join(root, 'server.log'),
    socket: short ? root : join(tmpdir(), `doudi-${name}`),
  };
}

/** Runs a program of PostgreSQL; its libraries are linked for the time of the start. */
export async function withCall<T>(
  binaries: Binaries,
  { home, root }: DatabaseFolder,
  program: 'initdb' | 'postgres',
  words: readonly string[],
  work: (call: ProgramCall, env: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  const links = join(root, `lib-${process.pid}`);
  try {
    const libraries = linkLibraries(binaries, links);
    const env = {
      PATH: process.env['PATH'] ?? '',
      LD_LIBRARY_PATH: libraries,
      DYLD_LIBRARY_PATH: libraries,
    };
    return await work(callOf(binaries[program], words, home), env);
  } finally {
    rmSync(links, { recursive: true, force: true });
  }
}

/** Texts are ordered byte by byte, the same on every machine. */
const INITDB = ['--auth=trust', '--encoding=UTF8', '--locale=C', '--no-instructions'];

async function initialise(
  binaries: Binaries,
  folder: DatabaseFolder,
  draft: string,
): Promise<void> {
  mkdirSync(draft, { mode: 0o700 });
  handOver(draft, folder.home);
  const words = [`--pgdata=${draft}`, `--username=${USER}`, ...INITDB];
  await withCall(binaries, folder, 'initdb', words, async (call, env) => {
    const child = spawn(call.command, call.words, { env, stdio: 'pipe' });
    let said = '';
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString('utf8')));
    child.stdout.resume();
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) return;
    if (said.includes('No space left'))
      throw fromSystem(Object.assign(new Error(said), { code: 'ENOSPC' }));
    throw new MonitorError('database', 'the folder of the embedded PostgreSQL cannot be made', {
      fix: `check who owns ${folder.root} and the room on its disk`,
      cause: said,
    });
  });
}

/** Makes the cluster unless it is there; made whole or not at all. */
export async function makeFolder(binaries: Binaries, folder: DatabaseFolder): Promise<void> {
  mkdirSync(folder.root, { recursive: true, mode: 0o700 });
  handOver(folder.root, folder.home);
  if (folder.socket !== folder.root) {
    mkdirSync(folder.socket, { recursive: true, mode: 0o700 });
    handOver(folder.socket, folder.home);
    chmodSync(folder.socket, 0o700);
  }
  if (existsSync(join(folder.data, 'PG_VERSION'))) return;
  const draft = `${folder.data}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  try {
    await initialise(binaries, folder, draft);
    try {
      renameSync(draft, folder.data);
    } catch (error) {
      // Another process was first.
      if (!existsSync(join(folder.data, 'PG_VERSION'))) throw error;
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Process of the server that wrote the folder's lock; undefined: none. */
export function postmasterOf({ data }: DatabaseFolder): number | undefined {
  try {
    const [pid = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return /^\d+$/.test(pid) ? Number(pid) : undefined;
  } catch {
    return undefined;
  }
}
