/** Stands in for pipelines/steps/identify.ts, which every month passes once (shared-processes.ts): counts them. */
import { identify as identifyPeople } from '../../../pipelines/steps/identify.ts';
import { count } from './cost.ts';

export * from '../../../pipelines/steps/identify.ts';

export const identify: typeof identifyPeople = (...given) => {
  count('months');
  return identifyPeople(...given);
};
