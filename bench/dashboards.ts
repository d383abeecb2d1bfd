/**
 * Panel queries over real HTTP with many concurrent viewers, on published tables as large as those of 5 million persons
 * over 24 months. A viewer opens a dashboard (all its panels at once over six connections, as browsers do), reads it
 * and opens the next; a query's time runs from sending to its last byte. Four windows: normal use with a warm server
 * (most viewers on their own county, the province's staff on the whole and on others); the same while the figures are
 * being republished; a warm server with viewers who each open something not opened before; and the same right after a
 * start. Exit code 1 when the 95th percentile of one of the first three is above 50 ms. The last, fifty viewers at once
 * on a server that has not prepared any query, is only reported. Options: --viewers 50 --seconds 30 --look 5 (seconds
 * between two dashboards of a viewer) --warm 120
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get, globalAgent } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadDashboards } from '../dashboards/code/all.ts';
import { loadQueries } from '../dashboards/shared/load.ts';
import { openTrialOffice } from './dashboards/office.ts';
import { prepare } from './dashboards/prepare.ts';
import { dice, everyViewOnce, officeViews, type Views } from './dashboards/views.ts';

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '30' },
    look: { type: 'string', default: '5' },
    warm: { type: 'string', default: '120' },
  },
});
const BOUND_MS = 50;
/** A county, a prefecture and the whole province. */
const REGIONS = ['520102', '520300', 'all'];
const viewers = Number(values.viewers);
const look = Number(values.look) * 1000;
const folder = mkdtempSync(join(tmpdir(), 'doudi-bench-'));
const deployment = await openTrialOffice();
const metrics = await loadQueries();
const home = await prepare(folder, deployment);
/** Connections that Chromium and Firefox open to one host. */
const CONNECTIONS = 6;

/** Milliseconds from sending to the last byte. @throws Error for anything but 200 */
function ask(agent: Agent, port: number, path: string, exact: boolean): Promise<number> {
  let from = performance.now();
  return new Promise((resolve, reject) => {
    get(
      { port, host: '127.0.0.1', path, agent, headers: exact ? { 'x-exact': 'yes' } : {} },
      (answer) => {
        answer.resume();
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(performance.now() - from);
          else reject(new Error(`${path}: ${answer.statusCode ?? 0}`));
        });
      },
    )
      // Before that it waits in the browser for a free connection.
      .on('socket', () => (from = performance.now()))
      .on('error', reject);
  });
}

/** Percentile of the times, milliseconds. */
function percentile(times: readonly number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(share * (times.length - 1))] ?? 0;
}

function pathOf(query: string, region: string, from: string, to = '2025-12'): string {
  const { parameters = [] } = metrics.get(query) ?? {};
  const given = parameters.flatMap((parameter) =>
    parameter === 'months'
      ? [`from=${from}`, `to=${to}`]
      : [`${parameter}=${parameter === 'region' ? region : 'all'}`],
  );
  return `/rows/${query}?${given.join('&')}`;
}

/** CPU time of the server so far, milliseconds. */
async function spent(server: ChildProcess): Promise<number> {
  server.send('spent');
  const [ms] = (await once(server, 'message')) as [number];
  return ms;
}

/** Results of one window. */
interface Seen {
  /** Of each query, milliseconds. */
  readonly queries: number[];
  /** Of each dashboard until its last panel, milliseconds. */
  readonly dashboards: number[];
  readonly distinct: Set<string>;
}

interface Server {
  /** Lets the viewers run for a while, then prints and judges the results. */
  readonly watch: (label: string, bound: number) => Promise<void>;
  /** Starts the viewers. */
  readonly come: () => void;
  /** One viewer opens every dashboard, for some regions over an earlier year, before the others start. */
  readonly tour: () => Promise<void>;
}

/** A fresh server with empty caches, and viewers for as long as the work lasts. */
async function serve(views: Views, work: (server: Server) => Promise<void>): Promise<void> {
  const server = fork(fileURLToPath(new URL('dashboards/server.ts', import.meta.url)), [folder]);
  const [port] = (await once(server, 'message')) as [number];
  let seen: Seen | null = null;
  let open = true;
  const view = async (viewer: number): Promise<void> => {
    const next = dice(viewer + 1);
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    await sleep(next() * look);
    while (open) {
      const { dashboard, region, from, exact } = views(viewer);
      const [window, began] = [seen, performance.now()];
      const paths = ((await loadDashboards()).get(dashboard)?.panels ?? []).map(({ query }) =>
        pathOf(query, region, from),
      );
      const took = await Promise.all(paths.map((path) => ask(agent, port, path, exact)));
      window?.dashboards.push(performance.now() - began);
      window?.queries.push(...took);
      for (const path of paths) window?.distinct.add(`${path} ${String(exact)}`);
      await sleep(look * (0.5 + next()));
    }
    agent.destroy();
  };
  const watch = async (label: string, bound: number): Promise<void> => {
    const before = await spent(server);
    const window: Seen = { queries: [], dashboards: [], distinct: new Set() };
    seen = window;
    await sleep(Number(values.seconds) * 1000);
    seen = null;
    const cpu = (await spent(server)) - before;
    const { queries, dashboards, distinct } = window;
    const at = (share: number): string => percentile(queries, share).toFixed(1);
    process.stdout.write(
      `${label}: ${dashboards.length} dashboards opened (until the last panel: median ${percentile(dashboards, 0.5).toFixed(0)} ms, p95 ${percentile(dashboards, 0.95).toFixed(0)} ms), ` +
        `${queries.length} panel queries, ${Math.round((distinct.size / queries.length) * 100)} % of them distinct: ` +
        `median ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms, ` +
        `${(cpu / queries.length).toFixed(1)} ms of processor time each, load average ${(loadavg()[0] ?? 0).toFixed(1)}\n`,
    );
    if (percentile(queries, 0.95) > bound) process.exitCode = 1;
  };
  const tour = async (): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    for (const { panels } of (await loadDashboards()).values())
      for (const region of REGIONS)
        for (const exact of [true, false])
          await Promise.all(
            panels.map(({ query }) =>
              ask(agent, port, pathOf(query, region, '2024-01', '2024-12'), exact),
            ),
          );
    agent.destroy();
  };
  let all: Promise<unknown> = Promise.resolve();
  const come = (): void => {
    all = Promise.all(Array.from({ length: viewers }, (_, viewer) => view(viewer)));
  };
  try {
    await ask(globalAgent, port, pathOf('province_months', 'all', '2024-01'), true);
    await work({ watch, tour, come });
    open = false;
    await all;
  } finally {
    server.kill();
  }
}

process.stdout.write(`${home.rows} published rows, ${viewers} viewers\n`);
try {
  await serve(officeViews(deployment.divisions, viewers), async ({ watch, come }) => {
    come();
    await sleep(Number(values.warm) * 1000);
    await watch('as an office does', BOUND_MS);
    const work = sleep(1000).then(home.work);
    await watch('the same, while the figures are being republished', BOUND_MS);
    await work;
  });
  await serve(everyViewOnce(deployment.divisions), async ({ watch, tour, come }) => {
    await tour();
    come();
    await watch('everybody opens what nobody has opened before', BOUND_MS);
  });
  await serve(everyViewOnce(deployment.divisions), async ({ watch, come }) => {
    come();
    await watch('the same right after a start', Infinity);
  });
} finally {
  await home.close();
  rmSync(folder, { recursive: true, force: true });
}
