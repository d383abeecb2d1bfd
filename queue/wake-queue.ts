/** The queue that wakes counties' reminders, once an hour and county. */
import type { Queue } from 'bullmq';
import type { Backend, Handler, WakeJob, WorkerOptions } from './backend.ts';
import { withDeadline } from './deadline.ts';

const NAME = 'reminders';

/** Seconds that an ended job is kept, so that the same hour's is not added again. */
const KEPT = 2 * 3600;

export class WakeQueue {
  private queue: Queue<WakeJob> | undefined;
  private readonly backend: Backend;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /** Wakes counties in an hour; those already woken in it stay as they are. @param hour `YYYY-MM-DD-hh` */
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
