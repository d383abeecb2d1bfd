/**
 * Leads on their way while the queue is emptied, Redis, PostgreSQL, a county's worker or the owner of the ledger is killed: every lead
 * stands in its county's inbox exactly once within two reconciles of the recovery (promises G15, G16). The long suite has
 * 2,000 leads in all 88 counties (`DOUDI_LEADS`) and more random points of each fault (`DOUDI_POINTS`).
 */
import { createHash } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueuesAnswer } from '../../web/api.ts';
import { openHome } from '../../core/home.ts';
import { databaseFolder, postmasterOf } from '../../store/postgres/folder.ts';
import { CONFIG, doudi, ROOT, withFolder } from '../support/doudi.ts';
import { withFewCounties } from '../support/few-counties.ts';
import { configure, makeLeads, until } from '../support/queues.ts';
import { HAS_REDIS, withRedis, type TestRedis } from '../support/redis.ts';
import { serve, type Served } from '../support/served.ts';

const POINTS = Number(process.env['DOUDI_POINTS'] ?? 1);
const LEADS = Number(process.env['DOUDI_LEADS'] ?? 300);
/** Whether they go to all counties: a worker and a queue of each cost every one of some twenty servers seconds. */
const EVERYWHERE = LEADS >= 2000;
const RECONCILE_S = 5;
const SETTINGS = `queue: { reconcile_seconds: ${RECONCILE_S}, lock_seconds: 2, first_wait_seconds: 0.05, concurrency: 1 }\n`;

/** The same sequence for the same seed (Park and Miller). */
function* numbers(seed: number): Generator<number, never> {
  for (let x = (seed * 48271) % 2147483647; ; x = (x * 48271) % 2147483647) yield x / 2147483647;
}

const folder = mkdtempSync(join(tmpdir(), 'doudi-delivery-'));
const few = join(folder, 'few');
const prepared = { all: EVERYWHERE ? join(folder, 'all') : few, few };

beforeAll(async () => {
  for (const home of new Set([prepared.all, prepared.few])) {
    mkdirSync(home);
    writeFileSync(join(home, 'doudi.yaml'), CONFIG);
    if (home === few) withFewCounties(home);
    await makeLeads(home, LEADS, { settings: SETTINGS, places: home === few ? 4 : 88 });
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function count(served: Served): Promise<number> {
  const { counties } = await served.json<QueuesAnswer>('/api/queues');
  return counties.reduce((sum, county) => sum + county.delivered, 0);
}

/** @returns seconds from the recovery until everything had arrived */
async function arrival(served: Served, leads = LEADS): Promise<number> {
  const begun = performance.now();
  const all = async (): Promise<boolean> => (await count(served)) === leads;
  await until(`${leads} delivered`, all, 60_000, 200);
  return (performance.now() - begun) / 1000;
}

/** Exactly once: as many as there are leads, and the ledger's own check finds nothing doubled. */
async function exactlyOnce(home: string): Promise<void> {
  const { faults } = JSON.parse(await doudi(home, ['verify', '--json'])) as { faults: string[] };
  expect(faults).toEqual([]);
  const rows = JSON.parse(await doudi(home, ['queues', '--json'])) as {
    waiting: number;
    delivered: number;
    dead: number;
  }[];
  expect(rows.reduce((sum, row) => sum + row.delivered, 0)).toBe(LEADS);
  expect(rows.every((row) => row.waiting === 0 && row.dead === 0)).toBe(true);
}

interface Round {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly redis: TestRedis | null;
  served: Served;
}

/** What happens at a random point, and how it is made good. */
type Fault = (round: Round) => Promise<void>;

const killOwner: Fault = async (round) => {
  await round.served.kill();
  round.served = await serve(round.home, round.env);
};

const FAULTS: Readonly<Record<string, Fault>> = {
  FLUSHALL: async ({ redis }) => {
    await redis?.flush();
  },
  'kill -9 of Redis': async ({ redis }) => {
    await redis?.kill();
    await sleep(300);
    await redis?.start();
  },
  'kill -9 of the owner': killOwner,
};

function killDatabase(home: string): void {
  const pid = postmasterOf(databaseFolder(openHome(home)));
  if (pid === undefined) throw new Error('no PostgreSQL runs for the home');
  process.kill(pid, 'SIGKILL');
}

/** Faults of the embedded queue, whose database is a process of its own. */
const EMBEDDED_FAULTS: Readonly<Record<string, Fault>> = {
  'the owner': killOwner,
  PostgreSQL: ({ home }) => {
    killDatabase(home);
    return Promise.resolve();
  },
  both: async (round) => {
    killDatabase(round.home);
    await killOwner(round);
  },
};

async function play(
  fault: Fault,
  redis: TestRedis | null,
  share: number,
): Promise<{ before: number; seconds: number }> {
  const home = mkdtempSync(join(folder, 'round-'));
  cpSync(prepared.all, home, { recursive: true });
  await redis?.flush();
  const env = redis === null ? {} : { DOUDI_QUEUE: redis.url };
  const round: Round = { home, env, redis, served: await serve(home, env) };
  try {
    let before = 0;
    while (before < share * LEADS) before = await count(round.served);
    await fault(round);
    const seconds = await arrival(round.served);
    await round.served.stop();
    await exactlyOnce(home);
    return { before, seconds };
  } finally {
    await round.served.kill();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Seconds that this machine needs for all leads when nothing happens, by backend. */
const undisturbed = new Map<'redis' | 'embedded', number>();

async function calm(redis: TestRedis | null): Promise<number> {
  const backend = redis === null ? 'embedded' : 'redis';
  let seconds = undisturbed.get(backend);
  if (seconds === undefined) {
    ({ seconds } = await play(() => Promise.resolve(), redis, 0));
    undisturbed.set(backend, seconds);
  }
  return seconds;
}

/**
 * Random points while the leads travel; at least one of them must lie in the middle. Two reconciles after the recovery
 * everything is on its way again, and what is on its way takes as long as it does on this machine.
 */
async function rounds(fault: Fault, redis: TestRedis | null): Promise<void> {
  const travel = await calm(redis);
  const random = numbers(20251011);
  const seen: { before: number; seconds: number }[] = [];
  for (let n = 0; n < POINTS; n += 1)
    seen.push(await play(fault, redis, random.next().value * 0.9));
  process.stdout.write(
    `    undisturbed: ${travel.toFixed(1)} s; delivered before: ${seen.map(({ before }) => before).join(' ')}; seconds after: ${seen.map(({ seconds }) => seconds.toFixed(1)).join(' ')}\n`,
  );
  for (const { seconds } of seen) expect(seconds).toBeLessThan(2 * RECONCILE_S + 2 + travel);
  expect(seen.some(({ before }) => before > 0 && before < LEADS)).toBe(true);
}

/** No assertion: a round starts a server twice, and a busy machine may take a minute for that alone. */
const TIME = { timeout: 180_000 + POINTS * 120_000 };

describe.runIf(HAS_REDIS)(`${LEADS} leads on Redis`, () => {
  it.each(Object.entries(FAULTS))(`%s at ${POINTS} random points`, TIME, async (_name, fault) => {
    await withRedis((redis) => rounds(fault, redis));
  });
});

describe(`${LEADS} leads on the embedded queue`, () => {
  it.each(Object.entries(EMBEDDED_FAULTS))(
    `kill -9 of %s at ${POINTS} random points`,
    TIME,
    async (_name, fault) => {
      await rounds(fault, null);
    },
  );
});

const TOKEN = createHash('sha256').update('token').digest('hex');
const PLACES = ['520102', '520103', '520111', '520112'] as const;

/** Starts a county's own system; its process can be killed. */
async function startWorker(
  redis: TestRedis,
  inbox: string,
  env: NodeJS.ProcessEnv = {},
): Promise<ChildProcess> {
  const words = ['--import', 'tsx', 'test/support/external-worker.ts', redis.url, inbox, ...PLACES];
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe.runIf(HAS_REDIS)(`${LEADS} leads to counties’ own systems`, () => {
  async function withCounties<T>(
    work: (parts: { home: string; inbox: string; redis: TestRedis; served: Served }) => Promise<T>,
  ): Promise<T> {
    return withRedis((redis) =>
      withFolder(async (own) => {
        const [home, inbox] = [join(own, 'home'), join(own, 'inbox')];
        cpSync(prepared.few, home, { recursive: true });
        mkdirSync(inbox);
        const lines = PLACES.map(
          (code) => `  "${code}": { consumer: external, token_sha256: "${TOKEN}" }\n`,
        );
        configure(home, `counties:\n${lines.join('')}`);
        const served = await serve(home, { DOUDI_QUEUE: redis.url });
        try {
          return await work({ home, inbox, redis, served });
        } finally {
          await served.kill();
        }
      }),
    );
  }

  it(`kill -9 of the worker at ${POINTS} random points`, TIME, async () => {
    await withCounties(async ({ home, inbox, redis, served }) => {
      const random = numbers(7);
      let worker = await startWorker(redis, inbox);
      for (let n = 0; n < POINTS; n += 1) {
        await sleep((random.next().value * 1200) / Math.max(1, POINTS / 3));
        await end(worker);
        worker = await startWorker(redis, inbox);
      }
      const seconds = await arrival(served);
      await end(worker);
      expect(readdirSync(inbox)).toHaveLength(LEADS);
      expect(await served.stop()).toBe(0);
      await exactlyOnce(home);
      process.stdout.write(`    ${seconds.toFixed(1)} s after the last kill\n`);
    });
  });

  it('a job whose worker was killed three times is not stranded', TIME, async () => {
    await withCounties(async ({ home, inbox, redis, served }) => {
      const { leads } = await served.json<{ leads: { lead_id: string }[] }>(
        '/api/counties/520102/leads?month=2025-10&size=1',
      );
      const victim = leads[0]?.lead_id ?? '';
      for (let kill = 0; kill < 3; kill += 1) {
        const worker = await startWorker(redis, inbox, { DIE_ON: victim });
        await once(worker, 'exit');
      }
      expect(readdirSync(inbox)).not.toContain(victim);
      const worker = await startWorker(redis, inbox);
      await arrival(served);
      await end(worker);
      expect(readdirSync(inbox)).toContain(victim);
      await served.stop();
      await exactlyOnce(home);
    });
  });
});

describe('the owner killed three times on one job', () => {
  const backends: readonly (readonly [string, boolean])[] = [
    ['embedded', false],
    ...(HAS_REDIS ? [['redis', true] as const] : []),
  ];
  it.each(backends)('%s: the job is not stranded and not doubled', TIME, async (_name, onRedis) => {
    const run = async (redis: TestRedis | null): Promise<void> => {
      await withFolder(async (home) => {
        writeFileSync(join(home, 'doudi.yaml'), CONFIG);
        withFewCounties(home);
        await makeLeads(home, 1, { settings: SETTINGS, places: 1 });
        const env = redis === null ? {} : { DOUDI_QUEUE: redis.url };
        for (const point of [
          'deliver-before-record',
          'deliver-before-record',
          'deliver-after-record',
        ]) {
          // It may die before it has said that it serves.
          const served = await serve(home, { ...env, DOUDI_FAILPOINT: point }).catch(
            (error: unknown) => String(error),
          );
          if (typeof served === 'string') {
            expect(served).toContain('SIGKILL');
            continue;
          }
          if (served.process.signalCode === null)
            await Promise.race([once(served.process, 'exit'), sleep(20_000)]);
          expect(served.process.signalCode).toBe('SIGKILL');
        }
        const served = await serve(home, env);
        await arrival(served, 1);
        expect(await served.stop()).toBe(0);
        expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
      });
    };
    await (onRedis ? withRedis(run) : run(null));
  });
});
