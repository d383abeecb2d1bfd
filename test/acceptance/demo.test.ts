/** The README's first command: a province, its months, leads in 88 county queues, and a page that answers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HomeAnswer, MonthAnswer } from '../../web/api.ts';
import { PROGRAM, ROOT, spawnDoudi, withFolder } from '../support/doudi.ts';
import { freePort, HAS_REDIS, withRedis } from '../support/redis.ts';

const LAST = '2025-10';

interface Shown {
  readonly said: string;
  readonly page: string;
  readonly home: HomeAnswer;
  readonly month: MonthAnswer;
  /** `doudi leads` of the last month, through the process that serves. */
  readonly leads: string;
  readonly code: number | null;
}

/** Enough for leads in every county; the README's 40,000 take the same way. */
const PERSONS = '3000';

/** Signs in with what the demo has printed, and with a password of one's own from then on. @returns the cookie */
async function signIn(address: string, name: string, said: string): Promise<string> {
  const password = new RegExp(`^  ${name} +(\\S+)`, 'm').exec(said)?.[1] ?? '';
  const send = (path: string, body: object, headers = {}): Promise<Response> =>
    fetch(`${address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const cookieOf = (answer: Response): string =>
    answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const first = await send('/api/session', { name, password });
  const { csrf } = (await first.json()) as { csrf: string };
  const headers = { cookie: cookieOf(first), 'x-csrf-token': csrf };
  const next = 'a password of one’s own';
  const changed = await send('/api/session/password', { old: password, new: next }, headers);
  expect(changed.status).toBe(200);
  return cookieOf(changed);
}

/** Runs the demo until it has printed its address, asks it, and ends it as Ctrl-C does. */
async function demo(folder: string, env: NodeJS.ProcessEnv): Promise<Shown> {
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    process.execPath,
    [...PROGRAM, 'demo', '--home', folder, '--persons', PERSONS],
    {
      cwd: ROOT,
      // What a pipe gets has no colours, whatever the environment of a build machine says.
      env: { ...process.env, CI: 'true', UV_THREADPOOL_SIZE: '16', DOUDI_LISTEN: address, ...env },
    },
  );
  let said = '';
  let told = '';
  child.stderr.on('data', (piece: Buffer) => (told += piece.toString('utf8')));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (piece: Buffer) => {
      said += piece.toString('utf8');
      if (said.includes(`http://${address}\n`)) resolve();
    });
    child.once('exit', () => {
      reject(new Error(`the demo ended: ${said.slice(-500)} ${told.slice(-500)}`));
    });
  });
  const get = (path: string): Promise<Response> =>
    fetch(`http://${address}${path}`, { headers: { cookie } });
  expect((await fetch(`http://${address}/api/home`)).status).toBe(401);
  const cookie = await signIn(`http://${address}`, 'province-analyst', said);
  const page = await (await get('/')).text();
  const home = (await (await get('/api/home')).json()) as HomeAnswer;
  const month = (await (await get(`/api/months/${LAST}`)).json()) as MonthAnswer;
  const leads = await spawnDoudi(join(folder, 'demo'), ['leads', '--month', LAST]);
  child.kill('SIGINT');
  await once(child, 'exit');
  return { said, page, home, month, leads: leads.stdout, code: child.exitCode };
}

describe('doudi demo', () => {
  it(
    'ends with the page’s address, its leads in 88 queues, the same on Redis byte for byte',
    { timeout: 400_000 },
    async () => {
      await withFolder(async (folder) => {
        const embedded = await demo(join(folder, 'embedded'), {});
        expect(embedded.said).toMatch(/leads in 88 county queues \(embedded\)/);
        expect(embedded.said.trimEnd().split('\n').at(-1)).toMatch(/http:\/\/127\.0\.0\.1:\d+$/);
        expect(embedded.page).toContain('<div id="root">');
        expect(embedded.home).toMatchObject({ demo: true, queue: 'embedded' });
        expect(embedded.home.months).toEqual(['2025-07', '2025-08', '2025-09', '2025-10']);
        expect(embedded.month.counties.every(({ warnings }) => warnings >= 0)).toBe(true);
        expect(embedded.leads.split('\n').length).toBeGreaterThan(100);
        expect(embedded.code).toBe(0);
        if (!HAS_REDIS) return;
        const redis = await withRedis(({ url }) =>
          demo(join(folder, 'redis'), { DOUDI_QUEUE: url }),
        );
        expect(redis.said).toMatch(/leads in 88 county queues \(redis\)/);
        expect(redis.leads).toBe(embedded.leads);
        expect(redis.month.counties).toEqual(embedded.month.counties);
      });
    },
  );
});
