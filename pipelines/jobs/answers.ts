/** answers: retries answers that could not be delivered to the departments when their files came in. */
import { MonitorError } from '../../core/errors.ts';
import type { Store } from '../../store/store.ts';
import { deliverAnswers } from '../../exchange/answers/deliver.ts';
import { settleReports } from '../../exchange/answers/place.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import type { Job } from '../schedule.ts';

export function answersJob(store: Store, deployment: Deployment): Job {
  return {
    name: 'answers',
    title: '答复各部门',
    pattern: deployment.config.schedule.answers,
    again: true,
    async work() {
      settleReports(store, deployment.contracts);
      const { delivered, failed } = await deliverAnswers(deployment, store);
      if (failed > 0)
        throw new MonitorError('answers-due', `${failed} answers could not be delivered`, {
          severity: 'retry',
          fix: '`doudi report --month YYYY-MM` says which and why',
        });
      return { delivered };
    },
  };
}
