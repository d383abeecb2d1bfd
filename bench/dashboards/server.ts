/** The published-figures endpoints over real HTTP, as in `doudi serve`, in a separate process. */
import type { AddressInfo } from 'node:net';
import express from 'express';
import { openHome } from '../../core/home.ts';
import { openPublished } from '../../store/published.ts';
import { dashboardEndpoints } from '../../dashboards/index.ts';
import { operatorScope } from '../../dashboards/shared/scope.ts';
import { openTrialOffice } from './office.ts';

const deployment = await openTrialOffice();
const scope = operatorScope(
  { account: 'office', role: '', region: '', route: 'GET /rows' },
  deployment.divisions,
);
const endpoints = await dashboardEndpoints(
  {
    published: openPublished(openHome(process.argv[2] ?? '')),
    divisions: deployment.divisions,
    rules: new Set(deployment.rules.rules.map(({ id }) => id)),
    sources: new Set(deployment.contracts.keys()),
    disclosure: { minimum: 10, rounding: 5 },
    audit: { write: () => Promise.resolve() },
    now: Date.now,
    moment: () => Promise.resolve({ disk_free: 1, disk_total: 2, queue: 1, workers: 1 }),
  },
  // Half of the viewers are outside readers, whose counts are rounded.
  (request) => ({ ...scope, exact: request.headers['x-exact'] === 'yes' }),
);
const app = express();
for (const [path, endpoint] of Object.entries(endpoints)) app.use(path, endpoint);
const server = app.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
// CPU time so far, milliseconds.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1000);
});
// Longer than a viewer's pause: a connection must not be closed just as it is reused.
server.keepAliveTimeout = 60_000;
