/** Homes with leads on their way, and the queues at work on them. */
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openHome } from '../../core/home.ts';
import { divisionsOf } from '../../core/region.ts';
import { openStore, type Store } from '../../store/store.ts';
import { countDeliveries } from '../../cases/delivery/book.ts';
import { startQueues, type QueueService } from '../../cases/delivery/service.ts';
import { CLOCK, doudi } from './doudi.ts';
import { layQueue } from './embedded-queue.ts';
import { csv, deliver, ENROLMENT, person } from './inbox.ts';
import { officeOf } from './office.ts';
import { HAS_REDIS, withRedis, type TestRedis } from './redis.ts';

export const MONTH = '2025-10';

/** Quick turns, so that a test sees several reconciles and stalled jobs. */
const QUICK = `queue: { reconcile_seconds: 1, lock_seconds: 2, first_wait_seconds: 0.05, tries: 3 }\n`;

/** Adds to a home's doudi.yaml. */
export function configure(home: string, yaml: string): void {
  appendFileSync(join(home, 'doudi.yaml'), yaml);
}

/** Pupils that left school, one lead each, spread over the first of the home's counties. */
export async function makeLeads(
  home: string,
  count: number,
  { settings = QUICK, places = 88 } = {},
): Promise<void> {
  configure(home, settings);
  const own = join(home, 'divisions.csv');
  const counties = divisionsOf('520000', existsSync(own) ? own : undefined).counties.slice(
    0,
    places,
  );
  const rows = Array.from({ length: count }, (_, n) => {
    const county = counties[n % counties.length]?.code ?? '';
    return `${person(n + 1)},${county},junior,dropout,,,`;
  });
  const inbox = join(home, 'inbox');
  deliver(inbox, `education/enrolment/${MONTH}.csv`, csv(ENROLMENT, rows));
  await doudi(home, ['run', '--month', MONTH, '--inbox', inbox]);
}

export interface AtWork {
  readonly store: Store;
  readonly queues: QueueService;
}

/** Ledger and queues in this process, closed afterwards. */
export async function withQueues<T>(
  home: string,
  url: string | undefined,
  work: (parts: AtWork) => Promise<T>,
): Promise<T> {
  if (url === undefined) await layQueue(home);
  const store = await openStore(openHome(home), CLOCK);
  const deployment = await officeOf(home);
  const queues = await startQueues(store, deployment, url);
  try {
    return await work({ store, queues });
  } finally {
    await queues.close();
    await store.close();
  }
}

/**
 * Waits until a condition holds.
 * @param every milliseconds between two looks; more where a look is work for who is watched
 * @throws when it does not within the time
 */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  ms = 30_000,
  every = 50,
): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(every);
  }
}

export async function delivered(store: Store): Promise<number> {
  const counted = await store.task(({ sql }) => countDeliveries(sql));
  return counted.reduce((sum, row) => sum + row.delivered, 0);
}

export async function givenUp(store: Store): Promise<number> {
  const counted = await store.task(({ sql }) => countDeliveries(sql));
  return counted.reduce((sum, row) => sum + row.dead, 0);
}

/** Leads that stand in their county's inbox more or less often than once. */
export async function wrong(store: Store): Promise<number> {
  const [row] = await store.task(({ sql }) =>
    sql.rows<{ n: number }>(`SELECT count(*)::INTEGER AS n FROM (
      SELECT d.lead_id FROM lead_dispatch d
      LEFT JOIN lead_delivery i ON i.lead_id = d.lead_id AND i.county = d.county AND i.channel <> 'webhook' AND i.outcome = 'done'
      GROUP BY d.lead_id HAVING count(i.lead_id) <> 1)`),
  );
  return row?.n ?? -1;
}

export interface BackendUnderTest {
  readonly name: string;
  /** Runs the work with the backend's address; the server is there for the work's time. */
  with<T>(work: (url: string | undefined, redis: TestRedis | null) => Promise<T>): Promise<T>;
}

/** Every queue test runs on both. */
export const BACKENDS: readonly BackendUnderTest[] = [
  { name: 'embedded', with: (work) => work(undefined, null) },
  ...(HAS_REDIS
    ? [
        {
          name: 'redis',
          with: <T>(work: (url: string | undefined, redis: TestRedis | null) => Promise<T>) =>
            withRedis((redis) => work(redis.url, redis)),
        },
      ]
    : []),
];
