import { MonitorError } from '../../core/errors.ts';
import { homeAnswer } from '../api.ts';
import { runMonths } from '../read.ts';
import { EVERY_ROLE, read } from '../route.ts';

export default read(
  {
    path: '/home',
    summary: { zh: '本部署的省份、已运行月份和队列', en: 'Province, months that were run, queue' },
    answer: homeAnswer,
    rule: {
      unauthenticated: ['operator'],
      roles: EVERY_ROLE,
      place: { of: 'none' },
      person: false,
    },
  },
  async ({ services: { deployment, published, queues } }) => {
    const { province } = deployment.divisions;
    const nothing = { months: [], published_at: null };
    const told = await Promise.all([
      runMonths(published),
      published.rows<{ published_at: string }>('SELECT published_at FROM info'),
    ])
      .then(([months, [info]]) => ({ months, published_at: info?.published_at ?? null }))
      .catch((error: unknown) => {
        if (error instanceof MonitorError && error.code === 'not-published') return nothing;
        throw error;
      });
    return {
      province: { code: province.code, name: province.name },
      ...told,
      queue: queues.kind,
      demo: deployment.config.demo,
    };
  },
);
