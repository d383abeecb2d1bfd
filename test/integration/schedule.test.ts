/** The calendar: what is due is done once, whatever the clock and the host do (promise G14). */
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../connectors/index.ts';
import { fixedClock, type Clock } from '../../core/clock.ts';
import { openHome } from '../../core/home.ts';
import { createLog } from '../../core/log.ts';
import type { Month } from '../../core/month.ts';
import { openStore } from '../../store/store.ts';
import { nextTime } from '../../core/cron.ts';
import { doDue, dueMonths, readSchedule, type Job } from '../../pipelines/schedule.ts';
import { doudi, withHome } from '../support/doudi.ts';
import { configure } from '../support/queues.ts';
import { csv, deliver, ENROLMENT, pupils } from '../support/inbox.ts';

const at = (text: string): Date => fixedClock(`${text}+08:00`).now();
const LOG = createLog('silent');

describe('months that are due', () => {
  it.each([
    // A monthly job on the 8th stands for the month before.
    ['0 6 8 * *', '2026-11-08T05:59', '2026-09', ['2026-09'].slice(1)],
    ['0 6 8 * *', '2026-11-08T06:00', '2026-09', ['2026-10']],
    // Off from the 28th to the 3rd; over the end of a year; over 29 February.
    ['0 6 1 * *', '2026-03-03T09:00', '2026-01', ['2026-02']],
    ['0 6 30 * *', '2027-01-02T09:00', '2026-10', ['2026-11']],
    ['0 0 1 1 *', '2027-01-01T00:00', '2025-12', ['2026-12']],
    ['0 6 29 2 *', '2028-03-01T09:00', '2024-01', ['2028-01']],
    // Off for months: all of them, oldest first.
    ['0 6 8 * *', '2026-11-20T09:00', '2026-07', ['2026-08', '2026-09', '2026-10']],
    // A day that a month does not have: that month has no such day, the job waits for the next.
    ['0 6 31 * *', '2026-11-30T23:59', '2026-09', []],
    // The clock put back over the job's time: nothing is due twice.
    ['0 6 8 * *', '2026-11-08T05:30', '2026-10', []],
    // Daily: due once the month has begun.
    ['0 2 * * *', '2026-11-01T02:00', '2026-09', ['2026-10']],
    ['0 2 * * *', '2026-11-01T01:59', '2026-09', []],
  ] as const)('%s at %s, done for %s: %j', (pattern, now, done, expected) => {
    expect(dueMonths(pattern, at(now), done as Month)).toEqual([...expected]);
  });

  it('in a new home only the newest is due', () => {
    expect(dueMonths('0 6 8 * *', at('2026-11-20T09:00'), null)).toEqual(['2026-10']);
  });

  it('times are Shanghai’s', () => {
    expect(nextTime('0 6 8 * *', at('2026-11-08T05:00')).toISOString()).toBe(
      '2026-11-07T22:00:00.000Z',
    );
  });

  it('a pattern that is no time is a fault of the configuration', () => {
    expect(() => dueMonths('0 25 8 * *', at('2026-11-08T05:00'), null)).toThrow('not a time');
  });
});

interface Told {
  readonly clock: Clock;
  readonly set: (time: string) => void;
}

function movingClock(time: string): Told {
  let now = at(time);
  return {
    clock: { now: () => now },
    set: (text) => {
      now = at(text);
    },
  };
}

function jobThat(name: string, pattern: string, work: Job['work'], again = false): Job {
  return { name, title: name, pattern, again, work };
}

describe('a host that is off and on', () => {
  it('does every due month of every job exactly once, and the ledger says so', async () => {
    await withHome(async (home) => {
      const { clock, set } = movingClock('2026-08-20T09:00');
      const worked: string[] = [];
      const note = (job: string) => (month: Month) => {
        worked.push(`${job} ${month}`);
        return Promise.resolve({ rows: 1 });
      };
      const jobs = [
        jobThat('run', '0 6 8 * *', note('run')),
        jobThat('lists', '0 8 10 * *', note('lists')),
      ];
      const turnOn = async (): Promise<void> => {
        const store = await openStore(openHome(home), clock);
        await doDue(store, jobs, LOG);
        await doDue(store, jobs, LOG);
        await store.close();
      };
      await turnOn();
      // On the 28th it goes off; on the 3rd nothing was missed; then it is off over the 8th and 10th.
      set('2026-09-03T09:00');
      await turnOn();
      set('2026-12-01T09:00');
      await turnOn();
      // The clock goes back an hour, and a month.
      set('2026-12-01T08:00');
      await turnOn();
      set('2026-11-01T08:00');
      await turnOn();
      set('2027-01-09T00:00');
      await turnOn();
      expect(worked).toEqual([
        'run 2026-07',
        'lists 2026-07',
        'run 2026-08',
        'run 2026-09',
        'run 2026-10',
        'lists 2026-08',
        'lists 2026-09',
        'lists 2026-10',
        'run 2026-11',
        'run 2026-12',
        'lists 2026-11',
      ]);
      expect(new Set(worked).size).toBe(worked.length);
      expect(JSON.parse(await doudi(home, ['verify', '--json']))).toMatchObject({ ok: true });
    });
  });

  it('a job that fails or is not ready stays due and keeps nobody else back', async () => {
    await withHome(async (home) => {
      const store = await openStore(openHome(home), fixedClock('2026-11-20T09:00:00+08:00'));
      let ready = false;
      const worked: string[] = [];
      const jobs = [
        jobThat('broken', '0 1 1 * *', () => Promise.reject(new Error('no'))),
        jobThat('late', '0 1 1 * *', () => Promise.resolve(ready ? { rows: 0 } : null)),
        jobThat('well', '0 1 1 * *', (month) => {
          worked.push(month);
          return Promise.resolve({});
        }),
      ];
      await doDue(store, jobs, LOG);
      const due = async (): Promise<string[]> =>
        (await readSchedule(store, jobs)).filter((s) => s.due.length > 0).map((s) => s.job.name);
      expect(await due()).toEqual(['broken', 'late']);
      ready = true;
      await doDue(store, jobs, LOG);
      expect(await due()).toEqual(['broken']);
      expect(worked).toEqual(['2026-10']);
      await store.close();
    });
  });

  it('a source is looked at again at its own time though its month is there: corrections', async () => {
    await withHome(async (home) => {
      const store = await openStore(openHome(home), fixedClock('2026-11-20T09:00:00+08:00'));
      let times = 0;
      const work = (): Promise<Record<string, number>> => {
        times += 1;
        return Promise.resolve({});
      };
      const jobs = [jobThat('collect', '0 2 * * *', work, true)];
      await doDue(store, jobs, LOG);
      await doDue(store, jobs, LOG);
      expect(times).toBe(1);
      await doDue(store, jobs, LOG, ['collect']);
      expect(times).toBe(2);
      await store.close();
    });
  });
});

describe('doudi schedule', () => {
  it('prints the next date of every source, the run and the lists', async () => {
    await withHome(async (home) => {
      configure(
        home,
        'inbox: inbox\nschedule: { run: "30 5 9 * *", collect_of: { education/enrolment: "0 3 4 * *" } }\n',
      );
      const rows = JSON.parse(await doudi(home, ['schedule', '--json'])) as {
        job: string;
        next: string;
        due: string[];
      }[];
      const next = Object.fromEntries(rows.map((row) => [row.job, row.next]));
      // One for each dataset, the run and the lists.
      expect(rows).toHaveLength((await loadContracts()).size + 2);
      expect(next['run']).toBe('2026-11-09 05:30');
      expect(next['lists']).toBe('2026-11-10 08:00');
      expect(next['collect education/enrolment']).toBe('2026-12-04 03:00');
      expect(next['collect civil-affairs/assistance']).toBe('2026-11-06 02:00');
    });
  });

  it('a source’s time for a source that nobody knows is still checked as a time', async () => {
    await withHome(async (home) => {
      configure(home, 'schedule: { run: "every day" }\n');
      await expect(doudi(home, ['schedule'])).rejects.toThrow('five fields');
    });
  });
});

describe('the calendar’s own jobs', () => {
  it('collect with a manifest, run, and run again when a late file comes', async () => {
    await withHome(async (home) => {
      configure(home, 'inbox: inbox\n');
      const { openDeployment } = await import('../../pipelines/deployment.ts');
      const { allJobs } = await import('../../pipelines/jobs/all.ts');
      const { readConfig } = await import('../../core/config.ts');
      const { divisionsOf } = await import('../../core/region.ts');
      const { quietProgress } = await import('../../pipelines/progress.ts');
      const { createHash } = await import('node:crypto');
      const config = readConfig(home);
      const inbox = `${home}/inbox`;
      const send = (path: string, text: string, rows: number): void => {
        deliver(inbox, `${path}.csv`, text);
        const sha256 = createHash('sha256').update(text).digest('hex');
        deliver(inbox, `${path}.manifest.json`, JSON.stringify({ rows, sha256 }));
      };
      send('education/enrolment/2026-10', csv(ENROLMENT, pupils(5)), 5);
      const store = await openStore(openHome(home), fixedClock('2026-11-08T09:00:00+08:00'));
      const deployment = await openDeployment(
        config,
        divisionsOf(config.province, config.divisions),
        LOG,
      );
      const jobs = allJobs(store, deployment, quietProgress(LOG));
      await doDue(store, jobs, LOG);
      const state = async (): Promise<Record<string, readonly string[]>> =>
        Object.fromEntries((await readSchedule(store, jobs)).map((s) => [s.job.name, s.due]));
      expect((await state())['collect education/enrolment']).toEqual([]);
      expect((await state())['collect medical-insurance/insured']).toEqual(['2026-10']);
      expect((await state())['run']).toEqual([]);
      const notEvaluated = async (): Promise<number> =>
        (
          await store.sql.rows(
            "SELECT 1 FROM not_evaluated WHERE month = '2026-10' AND missing LIKE 'emergency/%'",
          )
        ).length;
      expect(await notEvaluated()).toBeGreaterThan(0);
      // A file that comes after the run: the month is run again at the next look, not next month.
      send(
        'emergency/affected/2026-10',
        `person_id,county,event,happened_on\n${'0'.repeat(31)}1,520102,洪水,2026-10-20\n`,
        1,
      );
      await doDue(store, jobs, LOG);
      expect(await notEvaluated()).toBe(0);
      const leads = await store.sql.rows("SELECT 1 FROM lead_event WHERE rule = 'DSR-01'");
      expect(leads).toHaveLength(1);
      const again = store.records.length;
      await doDue(store, jobs, LOG);
      expect(store.records.length).toBe(again);
      await store.close();
    });
  });
});
