/**
 * Panel queries over real HTTP while many look at dashboards at once, on published tables as large as those of 5 million
 * persons over 24 months. A viewer opens a dashboard (all its panels at once, as a browser does), looks at it and opens
 * the next. Twice: once every dashboard is one that nobody has opened before (another region, other months or other
 * rights), so that hardly an answer can be had twice; once as an office does, most viewers at their own county, the
 * province's staff at the whole and here and there. Exit code 1 when the 95th percentile of either is above 50 ms.
 * Words: --viewers 50 --seconds 30 --look 5
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DASHBOARDS } from '../dashboards/code/all.ts';
import { loadMetrics } from '../dashboards/kit/load.ts';
import { openTrialOffice } from './dashboards/office.ts';
import { prepare } from './dashboards/prepare.ts';
import { dice, everyViewOnce, officeViews, type Views } from './dashboards/views.ts';

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '30' },
    look: { type: 'string', default: '5' },
  },
});
const BOUND_MS = 50;
const viewers = Number(values.viewers);
const look = Number(values.look) * 1000;
const folder = mkdtempSync(join(tmpdir(), 'doudi-bench-'));
const office = await openTrialOffice();
const metrics = await loadMetrics();
const rows = await prepare(folder, office);
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** Milliseconds until the last byte. @throws Error for anything but 200 */
function ask(port: number, path: string, exact: boolean): Promise<number> {
  const from = performance.now();
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
    ).on('error', reject);
  });
}

function pathOf(query: string, region: string, from: string): string {
  const { parameters = [] } = metrics.get(query) ?? {};
  const given = parameters.flatMap((parameter) =>
    parameter === 'months'
      ? [`from=${from}`, 'to=2025-12']
      : [`${parameter}=${parameter === 'region' ? region : 'all'}`],
  );
  return `/rows/${query}?${given.join('&')}`;
}

/** Milliseconds of processor time that the server has taken. */
async function spent(server: ChildProcess): Promise<number> {
  server.send('spent');
  const [ms] = (await once(server, 'message')) as [number];
  return ms;
}

/** A server of its own, so that nothing is known from before. @returns the 95th percentile, milliseconds */
async function measure(label: string, views: Views): Promise<number> {
  const server = fork(fileURLToPath(new URL('dashboards/server.ts', import.meta.url)), [folder]);
  const [port] = (await once(server, 'message')) as [number];
  const times: number[] = [];
  const distinct = new Set<string>();
  let opened = 0;
  let cpu = 0;
  const end = performance.now() + Number(values.seconds) * 1000;
  const view = async (viewer: number): Promise<void> => {
    const next = dice(viewer + 1);
    await sleep(next() * look);
    while (performance.now() < end) {
      const { dashboard, region, from, exact } = views(viewer);
      opened += 1;
      times.push(
        ...(await Promise.all(
          (DASHBOARDS[dashboard]?.panels ?? []).map(({ query }) => {
            const path = pathOf(query, region, from);
            distinct.add(`${path} ${String(exact)}`);
            return ask(port, path, exact);
          }),
        )),
      );
      await sleep(look * (0.5 + next()));
    }
  };
  try {
    // The program itself is warm: it has run for weeks.
    await ask(port, pathOf('province_months', 'all', '2024-01'), true);
    const before = await spent(server);
    await Promise.all(Array.from({ length: viewers }, (_, viewer) => view(viewer)));
    cpu = (await spent(server)) - before;
  } finally {
    server.kill();
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0;
  process.stdout.write(
    `${label}: ${opened} dashboards opened, ${times.length} panel queries, ${Math.round((distinct.size / times.length) * 100)} % of them distinct: ` +
      `median ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, longest ${at(1).toFixed(1)} ms, ` +
      `${(cpu / times.length).toFixed(1)} ms of processor time each, load average ${(loadavg()[0] ?? 0).toFixed(1)}\n`,
  );
  return at(0.95);
}

process.stdout.write(`${rows} published rows, ${viewers} viewers\n`);
try {
  const cold = await measure('nobody opens the same', everyViewOnce(office.divisions));
  const usual = await measure('as an office does', officeViews(office.divisions, viewers));
  process.exitCode = Math.max(cold, usual) <= BOUND_MS ? 0 : 1;
} finally {
  agent.destroy();
  rmSync(folder, { recursive: true, force: true });
}
