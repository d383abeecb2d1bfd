/**
 * Leads from ledger to inbox, compared with bare BullMQ on as many empty jobs in the same queues, on each backend in
 * one run. The ledger's part: outbox read, jobs added, inbox written and fsynced, jobs completed.
 * Options: --leads 100000 [--redis redis://…; starts its own redis-server by default]
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { systemClock } from '../core/clock.ts';
import { readConfig } from '../core/config.ts';
import { openHome } from '../core/home.ts';
import { createLog } from '../core/log.ts';
import { openQueue } from '../cases/delivery/open-queue.ts';
import { divisionsOf } from '../core/region.ts';
import { openStore } from '../store/store.ts';
import { countDeliveries } from '../cases/delivery/book.ts';
import { openDeployment } from '../pipelines/deployment.ts';
import { startQueues } from '../cases/delivery/service.ts';

const CONCURRENCY = 8;
const BATCH = 500;
const MONTH = '2025-10';

const counties = divisionsOf('520000').counties.map(({ code }) => code);

const seconds = (from: number): number => (performance.now() - from) / 1000;

/** A home with this many leads in its outbox: pupils who left school, one lead each. */
function prepare(home: string, leads: number): void {
  const folder = join(home, 'inbox', 'education', 'enrolment');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(home, 'doudi.yaml'),
    `province: "520000"\nqueue: { concurrency: ${CONCURRENCY} }\n`,
  );
  const rows = Array.from(
    { length: leads },
    (_, n) =>
      `${(n + 1).toString(16).padStart(32, '0')},${counties[n % counties.length] ?? ''},junior,dropout`,
  );
  writeFileSync(
    join(folder, `${MONTH}.csv`),
    `person_id,county,stage,status\n${rows.join('\n')}\n`,
  );
  const run = spawnSync(
    process.execPath,
    [
      '--import',
      'tsx',
      'cli/main.ts',
      'run',
      '--home',
      home,
      '--month',
      MONTH,
      '--inbox',
      join(home, 'inbox'),
    ],
    { encoding: 'utf8', env: { ...process.env, UV_THREADPOOL_SIZE: '16' } },
  );
  if (run.status !== 0) throw new Error(run.stderr);
}

/** @returns seconds that BullMQ alone needs for as many empty jobs */
async function bare(url: string | undefined, jobs: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-bare-'));
  const backend = await openQueue(openHome(folder), url, () => undefined);
  let done = 0;
  const begun = performance.now();
  const queues = counties.map((county) => backend.queue(`bare-${county}`));
  for (const county of counties)
    backend.worker(
      `bare-${county}`,
      () => {
        done += 1;
        return Promise.resolve();
      },
      { concurrency: CONCURRENCY, lockMs: 15_000 },
    );
  const each = Math.floor(jobs / counties.length);
  for (const queue of queues) {
    for (let at = 0; at < each; at += BATCH) {
      const length = Math.min(BATCH, each - at);
      await queue.addBulk(
        Array.from({ length }, (_, n) => ({
          name: 'lead',
          data: { lead_id: `L${at + n}` },
          opts: { jobId: `lead-L${at + n}`, removeOnComplete: true },
        })),
      );
    }
  }
  while (done < each * counties.length) await sleep(20);
  const taken = seconds(begun);
  await backend.close();
  rmSync(folder, { recursive: true, force: true });
  return taken;
}

/** @returns seconds from a full outbox to every lead in its county's inbox */
async function ours(url: string | undefined, leads: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'doudi-ours-'));
  prepare(folder, leads);
  const config = readConfig(folder);
  const store = await openStore(openHome(folder), systemClock);
  const deployment = await openDeployment(config, divisionsOf(config.province), createLog('error'));
  const begun = performance.now();
  const queues = await startQueues(store, deployment, url);
  for (;;) {
    const counted = await store.task(({ sql }) => countDeliveries(sql));
    if (counted.reduce((sum, { delivered }) => sum + delivered, 0) === leads) break;
    await sleep(1_000);
  }
  const taken = seconds(begun);
  await queues.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  return taken;
}

async function withRedis<T>(
  url: string | undefined,
  work: (url: string) => Promise<T>,
): Promise<T> {
  if (url !== undefined) return work(url);
  const folder = mkdtempSync(join(tmpdir(), 'doudi-redis-'));
  const server = spawn(
    'redis-server',
    ['--port', '7791', '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', ''],
    { stdio: 'ignore' },
  );
  const address = 'redis://127.0.0.1:7791';
  const client = new Redis(address, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  try {
    return await work(address);
  } finally {
    client.disconnect();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: { leads: { type: 'string', default: '100000' }, redis: { type: 'string' } },
});
const leads = Math.floor(Number(values.leads) / counties.length) * counties.length;

async function measure(name: string, url: string | undefined): Promise<void> {
  const alone = await bare(url, leads);
  const all = await ours(url, leads);
  const rate = (taken: number): string =>
    `${Math.round(leads / taken)} jobs/s (${taken.toFixed(1)} s)`;
  process.stdout.write(
    `${name.padEnd(9)} ${leads} leads · bare BullMQ ${rate(alone)} · ledger to inbox ${rate(all)} · ${(all / alone).toFixed(2)} ×\n`,
  );
}

await withRedis(values.redis, (url) => measure('redis', url));
await measure('embedded', undefined);
