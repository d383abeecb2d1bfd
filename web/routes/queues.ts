import { countiesOf } from '../../core/account.ts';
import { countDeliveries } from '../../cases/delivery/book.ts';
import { settingsOf } from '../../warnings/deployment.ts';
import { queuesAnswer } from '../api.ts';
import { FIGURE_ROLES, read } from '../route.ts';

export default read(
  {
    path: '/queues',
    summary: { zh: '各县线索的送达情况', en: 'Delivery of each county’s leads' },
    answer: queuesAnswer,
    rule: {
      unauthenticated: ['operator'],
      roles: [...FIGURE_ROLES, 'administrator'],
      place: { of: 'own' },
      person: false,
    },
  },
  async ({ region, services: { store, deployment, queues, reading } }) => {
    const own = new Set(countiesOf(deployment.divisions, region));
    const counted = await reading(() => store.task(({ sql }) => countDeliveries(sql)));
    const known = new Map(counted.map((row) => [row.county, row]));
    return {
      backend: queues.kind,
      reachable_since: queues.reachableSince(),
      counties: deployment.divisions.counties
        .filter(({ code }) => own.has(code))
        .map(({ code, name }) => {
          const settings = settingsOf(deployment, code);
          const { waiting = 0, delivered = 0, dead = 0 } = known.get(code) ?? {};
          return {
            code,
            name,
            consumer: settings.consumer,
            webhook: settings.consumer === 'built-in' && settings.webhook !== undefined,
            waiting,
            delivered,
            dead,
          };
        }),
    };
  },
);
