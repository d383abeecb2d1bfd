/** The queue that triggers counties' reminders, once per hour and county. */
import type { Queue } from 'bullmq';
import type { Backend, Handler, WakeJob, WorkerOptions } from './backend.ts';
import { withDeadline } from './deadline.ts';

const NAME = 'reminders';

/** Seconds to keep a finished job, so that the same hour's is not added again. */
const KEPT = 2 * 3600;

export class WakeQueue {
  private queue: Queue<WakeJob> | undefined;
  private readonly backend: Backend;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /** Adds wake-ups for counties in an hour; existing ones are unchanged. @param hour `YYYY-MM-DD-hh` */
  async wake(hour: string, counties: readonly string[]): Promise<void> {
    this.queue ??= this.backend.queue<WakeJob>(NAME);
    const jobs = counties.map((county) => ({
      name: 'wake',
      data: { county },
      opts: {
        jobId: `wake-${county}-${hour}`,
        attempts: 3,
        backoff: { type: 'exponential', delay: 1_000 },
        removeOnComplete: { age: KEPT },
        removeOnFail: { age: KEPT },
      },
    }));
    if (jobs.length > 0) await withDeadline(`add to ${NAME}`, this.queue.addBulk(jobs));
  }

  work(handler: Handler<WakeJob>, options: WorkerOptions): void {
    this.backend.worker<WakeJob>(NAME, handler, options);
  }
}
