/** When the month's run and lists were due, so that a chart can show what is overdue. */
import { addMonths, monthIndex, monthStart, type Month } from '../core/month.ts';
import { shanghaiMonth } from '../core/clock.ts';
import type { Store } from '../store/store.ts';
import type { Deployment } from '../warnings/deployment.ts';
import { nextTime } from '../core/cron.ts';
import { valuesOf } from './values.ts';

/** Months looked back. */
const BACK = 24;

/** A month's job runs in the following month (docs/operations.md): the first scheduled time in it. */
export function dueTimes(
  store: Store,
  { config }: Pick<Deployment, 'config'>,
  first: Month,
): string {
  const newest = shanghaiMonth(store.clock);
  const oldest = monthIndex(newest) - monthIndex(first) > BACK ? addMonths(newest, -BACK) : first;
  const rows: (string | number)[][] = [];
  for (let month = oldest; month <= newest; month = addMonths(month, 1))
    for (const [job, pattern] of [
      ['run', config.schedule.run],
      ['lists', config.schedule.lists],
    ] as const) {
      const start = monthStart(addMonths(month, 1));
      rows.push([job, month, nextTime(pattern, new Date(start - 1)).getTime()]);
    }
  return valuesOf({ job: 'text', month: 'text', due_at: 'whole' }, rows);
}
