/** Queues and workers with the settings shared by all backends. */
import {
  UnrecoverableError,
  type BackendClasses,
  type IQueueBackend,
  type Job,
  type Queue as JobQueue,
  type Worker as JobWorker,
} from 'bullmq';
import { describeError, MonitorError } from '../core/errors.ts';
import { withDeadline } from './deadline.ts';
import type { Backend, Handler, WorkerOptions } from './backend.ts';

type Classes<B extends IQueueBackend, C> = Pick<BackendClasses<B, C>, 'Queue' | 'Worker'>;

function makeQueue<B extends IQueueBackend, C, J>(
  { Queue }: Classes<B, C>,
  name: string,
  connection: C,
  onError: (error: Error) => void,
): JobQueue<J> {
  const queue = new Queue<J>(name, {
    connection,
    skipWaitingForReady: true,
    // Failed jobs stay until the reconcile has seen them; completed ones until their receipt is in the ledger.
    defaultJobOptions: { stackTraceLimit: 0 },
    // Event streams are unused; one per county would only fill memory.
    streams: { events: { maxLen: 10 } },
  });
  queue.on('error', onError);
  return queue as unknown as JobQueue<J>;
}

function makeWorker<B extends IQueueBackend, C, J>(
  { Worker }: Classes<B, C>,
  name: string,
  connection: C,
  handler: Handler<J>,
  { concurrency, lockMs, idleSeconds }: WorkerOptions & { readonly idleSeconds: number },
  onError: (error: Error) => void,
): JobWorker<J> {
  const worker = new Worker<J>(
    name,
    async ({ data, attemptsMade, opts }: Job<J>) => {
      try {
        await handler({
          ...data,
          attempt: attemptsMade + 1,
          last: attemptsMade + 1 >= (opts.attempts ?? 1),
        });
      } catch (error) {
        // The reason is stored with the job: a code, never text that may quote data.
        const { code } = describeError(error);
        if (error instanceof MonitorError && error.severity === 'stop')
          throw new UnrecoverableError(code);
        throw new Error(code);
      }
    },
    {
      connection,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      drainDelay: idleSeconds,
    },
  );
  worker.on('error', onError);
  return worker as unknown as JobWorker<J>;
}

/** Queues and workers of one backend, closed together. */
export interface Made extends Pick<Backend, 'queue' | 'worker'> {
  readonly closeAll: () => Promise<void>;
}

/**
 * @param connections for producers and for workers
 * @param idleSeconds after which an idle worker polls for jobs
 */
export function maker<B extends IQueueBackend, C>(
  classes: Classes<B, C>,
  connections: { readonly producer: C; readonly consumer: C },
  idleSeconds: number,
  onError: (error: Error) => void,
): Made {
  const made: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(one: T): T => {
    made.push(one);
    return one;
  };
  return {
    queue: <J>(name: string) =>
      keep(makeQueue<B, C, J>(classes, name, connections.producer, onError)),
    worker: <J>(name: string, handler: Handler<J>, options: WorkerOptions) =>
      keep(
        makeWorker<B, C, J>(
          classes,
          name,
          connections.consumer,
          handler,
          { ...options, idleSeconds },
          onError,
        ),
      ),
    async closeAll() {
      await Promise.all(
        made.map((one) => withDeadline('close', one.close(), 5_000).catch(() => undefined)),
      );
    },
  };
}
