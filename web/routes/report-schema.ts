import { Router } from 'express';
import { reportJsonSchema } from '../../pipelines/answers/report.ts';
import type { Route } from '../app.ts';

const schema = `${JSON.stringify(reportJsonSchema(), null, 2)}\n`;

/** GET /api/report.schema.json: what a report to a department says, for whoever reads it by a program. */
const route: Route = () =>
  Router().get('/report.schema.json', (_request, response) => {
    response.type('application/schema+json').send(schema);
  });

export default route;
