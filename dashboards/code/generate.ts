/**
 * `npm run dashboards`: writes dashboards/grafana/*.json, which are committed. `-- --json --out DIR` writes the
 * variant for the JSON data source; `--app URL` sets the address of the staff application, `--province CODE` the
 * map shown.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { allDashboards } from './all.ts';
import { COMMITTED } from './build.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    out: { type: 'string', default: fileURLToPath(new URL('../grafana', import.meta.url)) },
    app: { type: 'string', default: COMMITTED.app },
    province: { type: 'string', default: COMMITTED.province },
  },
});

if (!/^\d{6}$/.test(values.province))
  throw new Error('--province is the six digits of a province, e.g. 520000');
mkdirSync(values.out, { recursive: true });
const flavour = values.json ? 'json' : 'infinity';
for (const [name, text] of await allDashboards({
  flavour,
  app: values.app,
  province: values.province,
}))
  writeFileSync(join(values.out, name), text);
