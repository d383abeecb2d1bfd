/**
 * The calendar. A job is done once per month, as recorded in the ledger: whatever a timer misses, repeats or
 * forgets, anything due and not done is done at the next start or the next check (promise G14).
 */
import cron, { type ScheduledTask } from 'node-cron';
import { expression, nextTime, unreadable, ZONE } from '../core/cron.ts';
import { describeError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { addMonths, type Month } from '../core/month.ts';
import { literal } from '../store/sql.ts';
import type { Store } from '../store/store.ts';

/**
 * How often to look for due work besides each job's own times, so that a job that failed or found nothing is
 * retried.
 */
const LOOK = '17 * * * *';

export interface Job {
  /** e.g. `run`, `collect education/enrolment` */
  readonly name: string;
  readonly title: string;
  /** A cron expression with five fields in Asia/Shanghai. A time in one month is for the month before. */
  readonly pattern: string;
  /** Runs at each of its times, even if already done for the month (corrections keep coming). */
  readonly again: boolean;
  /** @returns counts if the month is done; null if its prerequisites are not available yet */
  work(month: Month): Promise<Readonly<Record<string, number>> | null>;
}

/**
 * Checks that every time in the calendar can be met.
 * @throws MonitorError `config` naming the first that cannot
 */
export function checkTimes(jobs: readonly Job[]): void {
  for (const { pattern } of jobs)
    if (!cron.validate(pattern)) throw unreadable(pattern);
    else expression(pattern, new Date());
}

function monthIn(at: Date): Month {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 7) as Month;
}

/** Months a host may have been off for; older ones are run by hand. */
const FURTHEST_BACK = 24;

/**
 * The months due at an instant: those whose time has come since the last one done.
 * @param done newest month done; null: never done, then only the newest due month counts
 */
export function dueMonths(pattern: string, now: Date, done: Month | null): Month[] {
  // The instant itself is included.
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

/** The state of every job in the calendar. */
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

/** Records once that a job is done for a month. */
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
 * Runs due jobs, in list order, oldest month first. A job that fails or is not ready stays due and holds back only
 * its own later months.
 * @param timed jobs whose own time has just come
 * @param stopped whether the process is shutting down: what has not begun is left for the next start
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

/**
 * Catches up on what was missed, then follows the schedule.
 * @param look runs what is due; calls never overlap
 */
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
