/**
 * The calendar. A job is done once for a month, and the ledger says so: whatever a timer misses, doubles or forgets,
 * what is due and not done is done at the next start or the next look (promise G14).
 */
import cron, { type ScheduledTask } from 'node-cron';
import { expression, nextTime, unreadable, ZONE } from '../core/cron.ts';
import { describeError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { addMonths, type Month } from '../core/month.ts';
import { literal } from '../store/sql.ts';
import type { Store } from '../store/store.ts';

/** What is due is looked for this often besides each job's own time: a job that failed or found nothing tries again. */
const LOOK = '17 * * * *';

export interface Job {
  /** e.g. `run`, `collect education/enrolment` */
  readonly name: string;
  readonly title: string;
  /** Five fields of cron in Asia/Shanghai. Read in a month, it stands for the month before. */
  readonly pattern: string;
  /** Does its work at each of its times, also when it is done for the month (corrections keep coming). */
  readonly again: boolean;
  /** @returns counts when the month is done; null when what it needs is not there yet */
  work(month: Month): Promise<Readonly<Record<string, number>> | null>;
}

/** Whether every time of the calendar can be kept. @throws MonitorError `config` naming the first that cannot */
export function checkTimes(jobs: readonly Job[]): void {
  for (const { pattern } of jobs)
    if (!cron.validate(pattern)) throw unreadable(pattern);
    else expression(pattern, new Date());
}

function monthIn(at: Date): Month {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 7) as Month;
}

/** Months that a host may have been off for; older ones are run by hand. */
const FURTHEST_BACK = 24;

/**
 * The months that are due at an instant: those whose time has come since the last one done.
 * @param done newest month it is done for; null: never, then only the newest that is due counts
 */
export function dueMonths(pattern: string, now: Date, done: Month | null): Month[] {
  // The instant itself counts as come.
  const times = expression(pattern, new Date(now.getTime() + 1));
  const months = new Set<Month>();
  for (let back = 0; back < FURTHEST_BACK * 31; back += 1) {
    const month = addMonths(monthIn(times.prev().toDate()), -1);
    if (done !== null && month <= done) break;
    months.add(month);
    if (done === null || months.size >= FURTHEST_BACK) break;
  }
  return [...months].sort();
}

export interface JobState {
  readonly job: Job;
  readonly next: Date;
  readonly done: { readonly month: Month; readonly at: string } | null;
  readonly due: readonly Month[];
}

/** How every job of the calendar stands. */
export async function readSchedule(store: Store, jobs: readonly Job[]): Promise<JobState[]> {
  const now = store.clock.now();
  const rows = await store.sql.rows<{ job: string; month: Month; at: string }>(
    'SELECT job, max(month) AS month, arg_max(recorded_at, month) AS at FROM job_run GROUP BY job',
  );
  const done = new Map(rows.map(({ job, month, at }) => [job, { month, at }]));
  return jobs.map((job) => {
    const last = done.get(job.name) ?? null;
    return {
      job,
      next: nextTime(job.pattern, now),
      done: last,
      due: dueMonths(job.pattern, now, last?.month ?? null),
    };
  });
}

/** Writes down that a job is done for a month, once. */
async function recordDone(
  store: Store,
  job: string,
  month: Month,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  await store.alone(async ({ sql, commit }) => {
    const known = await sql.rows(
      `SELECT 1 AS done FROM job_run WHERE job = ${literal(job)} AND month = ${literal(month)} LIMIT 1`,
    );
    if (known.length === 0) await commit('job.done', { job, month, counts });
  });
}

/**
 * Does what is due, in the order of the list, oldest month first. A job that fails or is not ready stays due and keeps
 * back its own later months only.
 * @param timed jobs whose own time has come just now
 * @param stopped whether the process is to end: what is not begun yet is done at the next start
 */
export async function doDue(
  store: Store,
  jobs: readonly Job[],
  log: Log,
  timed: readonly string[] = [],
  stopped: () => boolean = () => false,
): Promise<void> {
  for (const { job, due } of await readSchedule(store, jobs)) {
    const newest = addMonths(monthIn(store.clock.now()), -1);
    const months = timed.includes(job.name) && job.again && due.length === 0 ? [newest] : due;
    for (const month of months) {
      if (stopped()) return;
      try {
        const counts = await job.work(month);
        if (counts === null) break;
        await recordDone(store, job.name, month, counts);
        log.info({ job: job.name, month }, 'a job of the calendar is done');
      } catch (error) {
        log.warn(
          { job: job.name, month, code: describeError(error).code },
          'a job of the calendar failed and stays due',
        );
        break;
      }
    }
  }
}

export interface Calendar {
  close(): Promise<void>;
}

/** Does what was missed, then keeps the times. @param look does what is due; calls never overlap */
export function startCalendar(
  jobs: readonly Job[],
  look: (timed: readonly string[]) => Promise<void>,
): Calendar {
  const options = { timezone: ZONE, noOverlap: true } as const;
  const tasks: ScheduledTask[] = [
    ...jobs.map((job) => cron.schedule(job.pattern, () => look([job.name]), options)),
    cron.schedule(LOOK, () => look([]), options),
  ];
  const first = look([]);
  return {
    async close() {
      for (const task of tasks) await task.destroy();
      await first.catch(() => undefined);
    },
  };
}
