import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { MonitorError } from '../../core/errors.ts';
import { EVERY_ROLE, read } from '../route.ts';

const folder = new URL('../maps/', import.meta.url);
const DAY = 86_400;

export default read(
  {
    path: '/map',
    summary: { zh: '全省县界（GeoJSON，含 code 与 name）', en: 'Shapes of the counties, GeoJSON' },
    answer: z.string(),
    rule: {
      unauthenticated: ['operator'],
      roles: EVERY_ROLE,
      place: { of: 'none' },
      person: false,
    },
    raw: 'application/geo+json',
    keep: DAY,
  },
  ({ services: { deployment } }) => {
    const { code, name } = deployment.divisions.province;
    const file = fileURLToPath(new URL(`${code}.geojson`, folder));
    if (!existsSync(file))
      throw new MonitorError('unknown', `no map of ${name} is shipped`, {
        fix: 'the counties are in the table beside it',
      });
    return readFile(file, 'utf8');
  },
);
