import { Router } from 'express';
import { countDeliveries } from '../../leads/delivery.ts';
import { settingsOf } from '../../pipelines/office.ts';
import type { QueuesAnswer } from '../api.ts';
import type { Route } from '../app.ts';
import { officeOnly } from '../access.ts';

/** GET /api/queues: how each county's leads travel. */
const route: Route = ({ store, office, queues, reading }) =>
  Router().get('/queues', officeOnly, async (_request, response) => {
    const counted = await reading(() => store.task(({ sql }) => countDeliveries(sql)));
    const known = new Map(counted.map((row) => [row.county, row]));
    const answer: QueuesAnswer = {
      backend: queues.kind,
      reachable_since: queues.reachableSince(),
      counties: office.divisions.counties.map(({ code, name }) => {
        const settings = settingsOf(office, code);
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
    response.json(answer);
  });

export default route;
