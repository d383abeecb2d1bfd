/** The calendar's collect over a web server: into the ledger, with and without a manifest, and while it is down. */
import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../core/clock.ts';
import { readConfig } from '../../core/config.ts';
import { openHome } from '../../core/home.ts';
import { createLog } from '../../core/log.ts';
import type { Month } from '../../core/month.ts';
import { divisionsOf } from '../../core/region.ts';
import { openStore, type Store } from '../../store/store.ts';
import { allJobs } from '../../pipelines/jobs/all.ts';
import { openDeployment } from '../../pipelines/deployment.ts';
import { quietProgress } from '../../pipelines/progress.ts';
import type { Job } from '../../pipelines/schedule.ts';
import { withHome } from '../support/doudi.ts';
import { csv, ENROLMENT, pupils } from '../support/inbox.ts';
import { configure } from '../support/queues.ts';
import { Depot } from '../support/servers/depot.ts';
import { withWeb } from '../support/servers/http.ts';

const LOG = createLog('silent');
const enrolment = (month: string): string => `education/enrolment/${month}`;
const [SEPTEMBER, OCTOBER] = ['2026-09' as Month, '2026-10' as Month];

interface Scene {
  readonly depot: Depot;
  readonly store: Store;
  readonly job: Job;
  readonly jobs: readonly Job[];
  /** Moves the clock on. */
  readonly wait: (seconds: number) => void;
}

/** A home whose one source is a web server with enrolment. */
function withScene(work: (scene: Scene) => Promise<void>): Promise<void> {
  const depot = new Depot();
  return withHome((home) =>
    withWeb(depot, {}, async ({ base }) => {
      configure(
        home,
        `sources: [{ name: edu, kind: http, base: "${base}", only: [education/enrolment] }]\n`,
      );
      const config = readConfig(home);
      let now = fixedClock('2026-11-08T09:00:00+08:00').now().getTime();
      const store = await openStore(openHome(home), { now: () => new Date(now) });
      const deployment = await openDeployment(
        config,
        divisionsOf(config.province, config.divisions),
        LOG,
      );
      const jobs = allJobs(store, deployment, quietProgress(LOG));
      const job = jobs.find(({ name }) => name === 'collect education/enrolment');
      if (job === undefined) throw new Error('no job');
      const wait = (seconds: number): void => void (now += seconds * 1000);
      await work({ depot, store, job, jobs, wait });
      await store.close();
    }),
  );
}

async function versions(store: Store): Promise<string[]> {
  const rows = await store.sql.rows<{ month: string; n: number }>(
    'SELECT month, row_count::INTEGER AS n FROM extract_version ORDER BY month, version',
  );
  return rows.map(({ month, n }) => `${month} ${n}`);
}

describe('collecting from a server', () => {
  it('takes a file with its manifest at once, and has no job for what no source hands in', () =>
    withScene(async ({ depot, store, job, jobs }) => {
      expect(jobs.map(({ name }) => name)).toEqual([job.name, 'run', 'lists']);
      expect(await job.work(OCTOBER)).toBeNull();
      depot.put(`${enrolment(OCTOBER)}.csv`, csv(ENROLMENT, pupils(10)));
      depot.put(`${enrolment(OCTOBER)}.manifest.json`, '{ "rows": 10 }');
      expect(await job.work(OCTOBER)).toEqual({ files: 1 });
      expect(await versions(store)).toEqual(['2026-10 10']);
    }));

  it('takes a file without one when it has stood still and has about last month’s rows', () =>
    withScene(async ({ depot, store, job, wait }) => {
      depot.put(`${enrolment(SEPTEMBER)}.csv`, csv(ENROLMENT, pupils(10)));
      depot.put(`${enrolment(SEPTEMBER)}.manifest.json`, '{ "rows": 10 }');
      depot.put(`${enrolment(OCTOBER)}.csv`, csv(ENROLMENT, pupils(7)));
      expect(await job.work(OCTOBER)).toBeNull();
      wait(61);
      // Seven of ten: half a file, perhaps.
      expect(await job.work(OCTOBER)).toBeNull();
      depot.put(`${enrolment(OCTOBER)}.csv`, csv(ENROLMENT, pupils(9)));
      wait(61);
      expect(await job.work(OCTOBER)).toBeNull();
      wait(59);
      expect(await job.work(OCTOBER)).toBeNull();
      wait(1);
      expect(await job.work(OCTOBER)).toEqual({ files: 1 });
      expect(await versions(store)).toEqual(['2026-09 10', '2026-10 9']);
    }));

  it('fails with the code of a source that is down, and takes what came before', () =>
    withScene(async ({ depot, job }) => {
      depot.misdeed = 'credentials';
      await expect(job.work(OCTOBER)).rejects.toMatchObject({ code: 'source-credentials' });
      depot.misdeed = null;
      depot.put(`${enrolment(OCTOBER)}.csv`, csv(ENROLMENT, pupils(10)));
      depot.put(`${enrolment(OCTOBER)}.manifest.json`, '{ "rows": 10 }');
      expect(await job.work(OCTOBER)).toEqual({ files: 1 });
      depot.misdeed = 'credentials';
      expect(await job.work(OCTOBER)).toEqual({ files: 0 });
    }));
});
