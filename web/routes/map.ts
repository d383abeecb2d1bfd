import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import { MonitorError } from '../../core/errors.ts';
import type { Route } from '../app.ts';
import { officeOnly } from '../access.ts';

const folder = new URL('../maps/', import.meta.url);

/** GET /api/map: shapes of the province's counties, GeoJSON with `code` and `name`. */
const route: Route = ({ office }) =>
  Router().get('/map', officeOnly, (_request, response) => {
    const { code, name } = office.divisions.province;
    const file = fileURLToPath(new URL(`${code}.geojson`, folder));
    if (!existsSync(file))
      throw new MonitorError('unknown', `no map of ${name} is shipped`, {
        fix: 'the counties stand in the table beside it',
      });
    response.sendFile(file, { maxAge: '1d', headers: { 'content-type': 'application/geo+json' } });
  });

export default route;
