/** The jobs of the calendar, in the order in which missed ones are caught up. */
import { datasetsOf } from '../../transport/gather.ts';
import type { Store } from '../../store/store.ts';
import { originsOf } from '../../exchange/answers/origin.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import type { Progress } from '../progress.ts';
import type { Job } from '../schedule.ts';
import { answersJob } from './answers.ts';
import { collectJob } from './collect.ts';
import { listsJob } from './lists.ts';
import { runJob } from './run.ts';

export function allJobs(store: Store, deployment: Deployment, progress: Progress): Job[] {
  const { inbox, sources: remote } = deployment.config;
  // An extract without a source to collect it from comes with `doudi run --inbox`.
  const sources = [...deployment.contracts]
    .filter(
      ([name]) => inbox !== undefined || remote.some((one) => datasetsOf(one, [name]).has(name)),
    )
    .map(([, contract]) => contract);
  return [
    ...sources.map((contract) => collectJob(contract, store, deployment, progress)),
    runJob(store, deployment, progress),
    listsJob(store, deployment, progress),
    ...(originsOf(deployment.config).some(({ answer }) => answer !== null)
      ? [answersJob(store, deployment)]
      : []),
  ];
}
