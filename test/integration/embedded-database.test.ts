/** The PostgreSQL of a home: started by whoever comes first, shared by all, stopped by the last, back after a kill. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHome, type Home } from '../../core/home.ts';
import { databaseFolder, postmasterOf } from '../../store/postgres/folder.ts';
import {
  dropStaleLock,
  isServed,
  openEmbeddedServer,
  type DatabaseServer,
} from '../../store/postgres/server.ts';
import { ROOT, withFolder } from '../support/doudi.ts';
import { layQueue } from '../support/embedded-queue.ts';
import { until } from '../support/queues.ts';

const quiet = (): void => undefined;
const open = (home: Home): Promise<DatabaseServer> => openEmbeddedServer(home, quiet);

/** A process that nobody has waited for yet has ended all the same. */
function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const ends = (pid: number): Promise<void> => until('ended', () => !lives(pid), 5_000);

async function withDatabase(work: (home: Home) => Promise<void>): Promise<void> {
  await withFolder(async (root) => {
    const home = openHome(root);
    await layQueue(root);
    await work(home);
    expect(postmasterOf(databaseFolder(home)), 'a server was left behind').toBeUndefined();
  });
}

/** @returns the first row, if any */
async function ask<T extends object>(server: DatabaseServer, text: string): Promise<T | undefined> {
  const pool = server.pool({ max: 1 });
  try {
    return (await pool.query<T>(text)).rows[0];
  } finally {
    await pool.end();
  }
}

/** A process of its own that uses the database until it is told to end, or killed. */
async function startUser(root: string): Promise<ChildProcess> {
  const script = `
    import { openHome } from './core/home.ts';
    import { openEmbeddedServer } from './store/postgres/server.ts';
    const server = await openEmbeddedServer(openHome(${JSON.stringify(root)}), () => undefined);
    process.stdout.write('open');
    process.stdin.once('end', () => void server.close().then(() => process.exit(0)));
    process.stdin.resume();`;
  const words = ['--import', 'tsx', '--input-type=module', '-e', script];
  const child = spawn(process.execPath, words, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

describe('the database of a home', () => {
  it('is made once, belongs to nobody else, and listens on its socket only', async () => {
    await withFolder(async (root) => {
      const home = openHome(root);
      const folder = databaseFolder(home);
      const server = await open(home);
      expect(await ask(server, 'SHOW listen_addresses')).toEqual({ listen_addresses: '' });
      expect(await ask(server, 'SHOW fsync')).toEqual({ fsync: 'on' });
      expect(await ask(server, 'SHOW synchronous_commit')).toEqual({ synchronous_commit: 'on' });
      expect(statSync(folder.root).mode & 0o077).toBe(0);
      expect(statSync(folder.data).mode & 0o077).toBe(0);
      const owner = statSync(folder.data).uid;
      expect(owner).not.toBe(0);
      await ask(server, 'CREATE TABLE kept AS SELECT 1 AS n');
      await server.close();
      expect(readdirSync(folder.root).sort()).toEqual(['data', 'server.log']);
      const again = await open(home);
      expect(await ask(again, 'SELECT n FROM kept')).toEqual({ n: 1 });
      await again.close();
    });
  });

  it('is stopped by its last user, whichever process that is', async () => {
    await withDatabase(async (home) => {
      const folder = databaseFolder(home);
      const first = await startUser(home.root);
      const pid = postmasterOf(folder) ?? 0;
      const second = await open(home);
      expect(postmasterOf(folder)).toBe(pid);
      first.stdin?.end();
      await once(first, 'exit');
      expect(lives(pid)).toBe(true);
      expect(await ask(second, 'SELECT 1 AS n')).toEqual({ n: 1 });
      await second.close();
      await ends(pid);
    });
  });

  it('serves the next command when its only user was killed', async () => {
    await withDatabase(async (home) => {
      const user = await startUser(home.root);
      const pid = postmasterOf(databaseFolder(home)) ?? 0;
      user.kill('SIGKILL');
      await once(user, 'exit');
      expect(lives(pid)).toBe(true);
      const next = await open(home);
      expect(postmasterOf(databaseFolder(home))).toBe(pid);
      await next.close();
      await ends(pid);
    });
  });

  it('many that come and go at once all find it', async () => {
    await withDatabase(async (home) => {
      for (let round = 0; round < 5; round += 1)
        await Promise.all(
          Array.from({ length: 6 }, async () => {
            const server = await open(home);
            expect(await ask(server, 'SELECT 1 AS n')).toEqual({ n: 1 });
            await server.close();
          }),
        );
    });
  });

  it('killed under its user is started again, with all that was committed', async () => {
    await withDatabase(async (home) => {
      const server = await open(home);
      const folder = databaseFolder(home);
      await ask(server, 'CREATE TABLE kept AS SELECT 7 AS n');
      const before = postmasterOf(folder) ?? 0;
      process.kill(before, 'SIGKILL');
      await until('there again', async () => {
        const now = postmasterOf(folder);
        if (now === undefined || now === before) return false;
        return ask<{ n: number }>(server, 'SELECT n FROM kept').then(
          (row) => row?.n === 7,
          () => false,
        );
      });
      await server.close();
    });
  });

  it('starts where the lock of a crash names a process that is another program by now', async () => {
    await withDatabase(async (home) => {
      const lock = join(databaseFolder(home).data, 'postmaster.pid');
      writeFileSync(lock, `${process.pid}\n`, { mode: 0o600 });
      const server = await open(home);
      expect(await ask(server, 'SELECT 1 AS n')).toEqual({ n: 1 });
      await server.close();
    });
  });

  it('keeps the lock of a server that was started through another path of the same home', async () => {
    await withDatabase(async (home) => {
      const link = `${home.root}-link`;
      symlinkSync(home.root, link);
      const server = await open(home);
      const pid = postmasterOf(databaseFolder(home));
      dropStaleLock(databaseFolder(openHome(link)));
      expect(postmasterOf(databaseFolder(home))).toBe(pid);
      expect([isServed(home), isServed(openHome(link))]).toEqual([true, true]);
      await server.close();
      expect(isServed(home)).toBe(false);
      rmSync(link);
    });
  });

  it('has a short socket where the home’s own path is too long for one', async () => {
    await withFolder(async (root) => {
      const long = join(root, 'a-home-with-a-long-name'.repeat(5));
      mkdirSync(long);
      await layQueue(long);
      const home = openHome(long);
      const folder = databaseFolder(home);
      expect(folder.socket).not.toBe(folder.root);
      const server = await open(home);
      expect(await ask(server, 'SELECT 1 AS n')).toEqual({ n: 1 });
      expect(statSync(folder.socket).mode & 0o077).toBe(0);
      await server.close();
    });
  });

  it('writes no value and no statement into its log', async () => {
    await withDatabase(async (home) => {
      const server = await open(home);
      const pool = server.pool({ max: 1 });
      await pool.query('CREATE TABLE told (name TEXT PRIMARY KEY)');
      for (let n = 0; n < 2; n += 1)
        await pool.query('INSERT INTO told VALUES ($1)', ['somebody']).catch(quiet);
      await pool.query("SELECT 'somebody'::integer").catch(quiet);
      await pool.end();
      await server.close();
      const log = readFileSync(databaseFolder(home).log, 'utf8');
      expect(log).toContain('duplicate key');
      expect(log).not.toContain('INSERT');
      expect(log).not.toMatch(/DETAIL|STATEMENT/);
    });
  });
});
