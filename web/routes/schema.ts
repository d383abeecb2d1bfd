import { readFileSync } from 'node:fs';
import { Router } from 'express';
import type { Route } from '../app.ts';

const schema = readFileSync(
  new URL('../../core/queue/lead-job.schema.json', import.meta.url),
  'utf8',
);

/** GET /api/lead-job.schema.json: what a job in a county's queue says, for whoever writes a consumer. */
const route: Route = () =>
  Router().get('/lead-job.schema.json', (_request, response) => {
    response.type('application/schema+json').send(schema);
  });

export default route;
