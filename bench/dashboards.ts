/**
 * Panel queries over real HTTP while many look at dashboards at once, on published tables as large as those of 5 million
 * persons over 24 months. A viewer opens a dashboard of a region (all its panels at once, as a browser does), looks at it
 * and opens the next. Exit code 1 when the 95th percentile is above 50 ms.
 * Words: --viewers 50 --seconds 30 --look 5
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DASHBOARDS } from '../dashboards/code/all.ts';
import { loadMetrics } from '../dashboards/kit/load.ts';
import { openTrialOffice } from './dashboards/office.ts';
import { prepare } from './dashboards/prepare.ts';

const { values } = parseArgs({
  options: {
    viewers: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '30' },
    look: { type: 'string', default: '5' },
  },
});
const BOUND_MS = 50;
const folder = mkdtempSync(join(tmpdir(), 'doudi-bench-'));
const office = await openTrialOffice();
const metrics = await loadMetrics();
const rows = await prepare(folder, office);

const server = fork(fileURLToPath(new URL('dashboards/server.ts', import.meta.url)), [folder]);
const [port] = (await once(server, 'message')) as [number];
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** Milliseconds until the last byte. @throws Error for anything but 200 */
function ask(path: string, exact: boolean): Promise<number> {
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

function pathOf(query: string, region: string): string {
  const { parameters = [] } = metrics.get(query) ?? {};
  const given = parameters.flatMap((parameter) =>
    parameter === 'months'
      ? ['from=2024-01', 'to=2025-12']
      : [`${parameter}=${parameter === 'region' ? region : 'all'}`],
  );
  return `/rows/${query}?${given.join('&')}`;
}

const regions = [
  'all',
  ...new Set(office.divisions.counties.flatMap(({ code, parent }) => [code, parent ?? code])),
];
const times: number[] = [];
let opened = 0;

/** The same numbers in each run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const end = performance.now() + Number(values.seconds) * 1000;
async function view(viewer: number): Promise<void> {
  const next = dice(viewer + 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const look = Number(values.look) * 1000;
  await sleep(next() * look);
  while (performance.now() < end) {
    const { panels } = pick(Object.values(DASHBOARDS));
    const region = pick(regions);
    opened += 1;
    times.push(
      ...(await Promise.all(
        panels.map(({ query }) => ask(pathOf(query, region), viewer % 2 === 0)),
      )),
    );
    await sleep(look * (0.5 + next()));
  }
}

try {
  await ask(pathOf('province_months', 'all'), true);
  await Promise.all(Array.from({ length: Number(values.viewers) }, (_, viewer) => view(viewer)));
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

times.sort((a, b) => a - b);
const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0;
const p95 = at(0.95);
process.stdout.write(
  `${rows} published rows, ${values.viewers} viewers, ${opened} dashboards opened, ${times.length} panel queries: ` +
    `median ${at(0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, longest ${at(1).toFixed(1)} ms\n`,
);
process.exit(p95 <= BOUND_MS ? 0 : 1);
