import { Router } from 'express';
import { MonitorError } from '../../core/errors.ts';
import type { HomeAnswer } from '../api.ts';
import type { Route } from '../app.ts';
import { officeOnly } from '../access.ts';
import { runMonths } from '../read.ts';

/** GET /api/home */
const route: Route = ({ office, published, queues }) =>
  Router().get('/home', officeOnly, async (_request, response) => {
    const { province } = office.divisions;
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
    const answer: HomeAnswer = {
      province: { code: province.code, name: province.name },
      ...told,
      queue: queues.kind,
      demo: office.config.demo,
    };
    response.json(answer);
  });

export default route;
