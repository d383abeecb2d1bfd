/** run: the monthly line on its day. Without any extract of the month there is nothing to run yet. */
import { literal } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { runMonth } from '../monthly.ts';
import { runContext } from '../deployment.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import type { Progress } from '../progress.ts';
import type { Job } from '../schedule.ts';

export function runJob(store: Store, deployment: Deployment, progress: Progress): Job {
  return {
    name: 'run',
    title: '月度比对',
    pattern: deployment.config.schedule.run,
    again: false,
    async work(month) {
      const there = await store.sql.rows(
        `SELECT 1 AS there FROM extract_standing WHERE month = ${literal(month)} LIMIT 1`,
      );
      if (there.length === 0) return null;
      const { leads } = await runMonth(runContext(deployment, store, month, undefined, progress));
      return { ...leads };
    },
  };
}
