/** The jobs of the calendar, in the order in which they are caught up. */
import type { Store } from '../../core/store/store.ts';
import type { Office } from '../office.ts';
import type { Progress } from '../progress.ts';
import type { Job } from '../schedule.ts';
import { collectJob } from './collect.ts';
import { listsJob } from './lists.ts';
import { runJob } from './run.ts';

export function allJobs(store: Store, office: Office, progress: Progress): Job[] {
  // Without a folder to collect from, extracts come with `doudi run --inbox`.
  const sources = office.config.inbox === undefined ? [] : [...office.contracts.values()];
  return [
    ...sources.map((contract) => collectJob(contract, store, office, progress)),
    runJob(store, office, progress),
    listsJob(store, office, progress),
  ];
}
