/** One queue per county, with the names that county systems with their own BullMQ client rely on. */
import type { Backend, LeadQueue } from './backend.ts';
import { withDeadline } from './deadline.ts';

export function queueName(county: string): string {
  return `leads-${county}`;
}

/** Content-derived, so that the same lead added twice is one job. Round 2 and up: an earlier job was lost to crashes. */
export function jobId(lead: string, round = 1): string {
  return round === 1 ? `lead-${lead}` : `lead-${lead}-${round}`;
}

function readJobId(id: string): { lead_id: string; round: number } | null {
  const match = /^lead-(L[0-9a-f]+)(?:-(\d+))?$/.exec(id);
  return match === null ? null : { lead_id: match[1] ?? '', round: Number(match[2] ?? 1) };
}

export interface EndedJob {
  readonly id: string;
  readonly lead_id: string;
  readonly round: number;
}

/** Attempts before a job is given up; the waits between them double from the first, in milliseconds. */
export interface Retry {
  readonly tries: number;
  readonly firstWaitMs: number;
}

/** Jobs per call: small enough that no call comes near its deadline. */
const BATCH = 500;
/** Most finished jobs read per poll; the rest is read by the next. */
const ENDED = 5_000;

export class CountyQueues {
  private readonly queues = new Map<string, LeadQueue>();
  private readonly backend: Backend;
  private readonly retry: Retry;

  constructor(backend: Backend, retry: Retry) {
    this.backend = backend;
    this.retry = retry;
  }

  private of(county: string): LeadQueue {
    const known = this.queues.get(county);
    if (known !== undefined) return known;
    const queue = this.backend.queue(queueName(county));
    this.queues.set(county, queue);
    return queue;
  }

  /**
   * Adds leads to a county's queue; those already there are unchanged.
   * @param keepDone keep completed jobs until their receipt has been read (a county's own consumer)
   */
  async push(
    county: string,
    leads: readonly string[],
    keepDone: boolean,
    round = 1,
  ): Promise<void> {
    const queue = this.of(county);
    for (let at = 0; at < leads.length; at += BATCH) {
      const jobs = leads.slice(at, at + BATCH).map((lead_id) => ({
        name: 'lead',
        data: { lead_id },
        opts: {
          jobId: jobId(lead_id, round),
          removeOnComplete: !keepDone,
          attempts: this.retry.tries,
          backoff: { type: 'exponential', delay: this.retry.firstWaitMs, jitter: 0.3 },
        },
      }));
      await withDeadline(`add to ${queueName(county)}`, queue.addBulk(jobs));
    }
  }

  /** Open jobs: those `waiting`, and the total including active ones and those awaiting a retry. */
  async underway(county: string): Promise<{ waiting: number; all: number }> {
    const counts = await withDeadline(
      `counts of ${queueName(county)}`,
      this.of(county).getJobCounts('waiting', 'active', 'delayed', 'prioritized'),
    );
    return {
      waiting: counts['waiting'] ?? 0,
      all: Object.values(counts).reduce((sum, n) => sum + n, 0),
    };
  }

  /** Finished jobs that are still in the queue. */
  async ended(county: string, how: 'failed' | 'completed'): Promise<EndedJob[]> {
    const jobs = await withDeadline(
      `${how} of ${queueName(county)}`,
      this.of(county).getJobs([how], 0, ENDED - 1, true),
    );
    return jobs.flatMap((job) => {
      // A job removed between listing and reading is undefined despite the type.
      const id = (job as typeof job | undefined)?.id;
      const read = id === undefined ? null : readJobId(id);
      return id === undefined || read === null ? [] : [{ id, ...read }];
    });
  }

  async remove(county: string, ids: readonly string[]): Promise<void> {
    const queue = this.of(county);
    for (const id of ids) await withDeadline(`remove from ${queueName(county)}`, queue.remove(id));
  }
}
