/**
 * Runs the queues: one worker per county that this program serves, and the reconciliation that fills the queues
 * from the ledger. Workers start when the queue first answers, so if Redis is down there is a message and a wait.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Backend, LeadWorker } from '../../queue/backend.ts';
import { WakeQueue } from '../../queue/wake-queue.ts';
import { openQueue } from './open-queue.ts';
import { CountyQueues, queueName } from '../../queue/county-queues.ts';
import { withDeadline } from '../../queue/deadline.ts';
import { describeError, MonitorError } from '../../core/errors.ts';
import { DeliveryLedger } from './book.ts';
import type { Store } from '../../store/store.ts';
import { shanghaiTime } from '../../core/clock.ts';
import { countiesToRemind, remindCounty } from '../remind.ts';
import { deliverTo } from './deliver.ts';
import { Reconciler, type Reconciled } from './reconcile.ts';
import { settingsOf, type Deployment } from '../../warnings/deployment.ts';

export interface QueueService {
  readonly kind: Backend['kind'];
  /** Since when the queue has been answering; null while it is not. */
  readonly reachableSince: () => string | null;
  /** Workers of counties that this program serves; 0 while the queue does not answer. */
  readonly workers: () => number;
  readonly book: DeliveryLedger;
  /** Compares ledger and queues now; calls made during a comparison share the next one. */
  reconcile(): Promise<Reconciled>;
  close(): Promise<void>;
}

/** No reminders are sent at night. */
const OFFICES_OPEN = '08:00';

/** A lost connection reports itself several times a second; log it at most once a minute. */
function quietly(deployment: Deployment): (error: Error) => void {
  let last = 0;
  return (error) => {
    if (Date.now() - last < 60_000) return;
    last = Date.now();
    const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
    deployment.log.warn({ code }, 'the queue reports an error; leads wait in the ledger');
  };
}

export async function startQueues(
  store: Store,
  deployment: Deployment,
  url: string | undefined,
): Promise<QueueService> {
  const { queue: settings, counties } = deployment.config;
  if (url === undefined && [...counties.values()].some(({ consumer }) => consumer === 'external'))
    throw new MonitorError(
      'config',
      'a county with its own system cannot reach the embedded queue',
      {
        fix: 'set DOUDI_QUEUE=redis://…, or remove `consumer: external` from doudi.yaml',
        exitCode: 2,
      },
    );
  const onError = quietly(deployment);
  const backend = await openQueue(store.home, url, onError);
  const queues = new CountyQueues(backend, settings);
  const book = new DeliveryLedger(store);
  const waking = new WakeQueue(backend);
  let woken = '';
  const reconciler = new Reconciler({ store, deployment, backend, queues, book });
  const workers = new Map<string, LeadWorker>();
  const builtIn = deployment.divisions.counties
    .map(({ code }) => code)
    .filter((code) => settingsOf(deployment, code).consumer === 'built-in');
  const begin = (county: string): void => {
    workers.set(
      county,
      backend.worker(queueName(county), deliverTo(county, store, deployment, book), {
        concurrency: settings.concurrency,
        lockMs: settings.lockMs,
      }),
    );
  };
  let since: string | null = null;
  const stop = new AbortController();
  const turn = pLimit(1);

  /** Hourly during office hours: the next job makes up for one the queue forgot. */
  const remind = async (): Promise<void> => {
    const [day = '', time = ''] = shanghaiTime(store.clock.now()).split(' ');
    const hour = `${day}-${time.slice(0, 2)}`;
    if (hour === woken || time < OFFICES_OPEN) return;
    await waking.wake(hour, await store.task(countiesToRemind));
    woken = hour;
  };

  const round = async (): Promise<Reconciled> => {
    const done = await reconciler.run();
    if (!done.reachable) {
      since = null;
      return done;
    }
    since ??= store.clock.now().toISOString();
    for (const county of done.silent) {
      deployment.log.warn({ county }, 'a worker went silent and is restarted');
      const worker = workers.get(county);
      // Not awaited: a worker that has gone silent may not respond to closing either.
      void worker?.close(true).catch(onError);
      begin(county);
    }
    if (workers.size === 0) {
      builtIn.forEach(begin);
      waking.work(
        async ({ county }) => {
          await remindCounty(store, deployment, county);
        },
        { concurrency: 1, lockMs: settings.lockMs },
      );
    }
    await remind();
    return done;
  };

  let next: Promise<Reconciled> | undefined;
  const reconcile = (): Promise<Reconciled> => {
    next ??= turn(() => {
      next = undefined;
      return round();
    });
    return next;
  };

  const ticking = (async () => {
    while (!stop.signal.aborted) {
      try {
        await reconcile();
      } catch (error) {
        since = null;
        deployment.log.warn(
          { code: describeError(error).code },
          'reconciliation stopped; the next round continues',
        );
      }
      await sleep(settings.reconcileMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();

  return {
    kind: backend.kind,
    reachableSince: () => since,
    workers: () => (since === null ? 0 : workers.size),
    book,
    reconcile,
    async close() {
      stop.abort();
      await withDeadline('reconcile', ticking, 15_000).catch(() => undefined);
      await backend.close();
    },
  };
}
