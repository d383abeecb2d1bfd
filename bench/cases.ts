/**
 * Clerks working on open leads over real HTTP: each reads its queue, opens a case, takes a step, pauses and repeats.
 * The server is `doudi serve` as an office runs it, in a separate process. At the end every acknowledged step must be
 * in the ledger exactly once. Exit code 1 when a step is lost or duplicated. Options: --clerks 200 --leads 100000
 * --seconds 60 --think 10 (seconds between two steps of a clerk) --warm 60 (seconds of server uptime before the clerks
 * start: a server normally runs for weeks)
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { shanghaiDate, systemClock } from '../core/clock.ts';
import { openHome } from '../core/home.ts';
import { openStore } from '../store/store.ts';
import { prepare, type Clerk } from './cases/prepare.ts';

const { values } = parseArgs({
  options: {
    clerks: { type: 'string', default: '200' },
    leads: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '60' },
    think: { type: 'string', default: '10' },
    warm: { type: 'string', default: '60' },
    port: { type: 'string', default: '18180' },
  },
});
const GOAL_MS = { queue: 50, case: 50, act: 100 } as const;
type Kind = keyof typeof GOAL_MS;
const think = Number(values.think) * 1000;
const port = Number(values.port);
const folder = mkdtempSync(join(tmpdir(), 'doudi-bench-'));
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const times: Record<Kind, number[]> = { queue: [], case: [], act: [] };
const acknowledged = new Set<string>();
/** Refused steps by error code. */
const refusals = new Map<string, number>();

interface Row {
  readonly lead_id: string;
  readonly stage: string;
  readonly version: number;
}

/** Fields that a response may have. */
interface Told {
  readonly cases?: readonly Row[];
  readonly version?: number;
  readonly code?: string;
  readonly gate?: string | null;
}

async function send(
  { token }: Pick<Clerk, 'token'>,
  path: string,
  key: string,
  body?: object,
): Promise<{ readonly status: number; readonly told: Told }> {
  const asked = request({
    host: '127.0.0.1',
    port,
    agent,
    path: `/api${path}`,
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': key }),
    },
  });
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
  let text = '';
  for await (const piece of answer.setEncoding('utf8')) text += piece as string;
  return { status: answer.statusCode ?? 0, told: JSON.parse(text) as Told };
}

async function ask(
  kind: Kind | null,
  clerk: Pick<Clerk, 'token'>,
  path: string,
  body?: object,
): Promise<{ readonly status: number; readonly told: Told }> {
  const from = performance.now();
  const key = `bench-${Math.floor(Math.random() * 1e12)}`;
  let answer: Awaited<ReturnType<typeof send>>;
  try {
    answer = await send(clerk, path, key, body);
  } catch {
    // The server closed the connection while the clerk was thinking. Retrying with the same key is the same step.
    answer = await send(clerk, path, key, body);
  }
  if (kind !== null) times[kind].push(performance.now() - from);
  return answer;
}

const day = shanghaiDate(systemClock);
const digest = 'a'.repeat(64);

/** The next action at a stage, with its form. */
function step(stage: string, { name, township }: Clerk): { action: string; form: object } {
  if (stage === 'dispatched') return { action: 'take', form: {} };
  if (stage === 'taken')
    return {
      action: 'visit',
      form: {
        on: day,
        investigators: [
          { account: name, signature: digest },
          { account: `second-${township.slice(0, 6)}`, signature: digest },
        ],
        respondent: { who: 'self', agrees: true, signature: digest },
        household_size: 3,
        residence: 'rural',
        incomes: {
          wage: [{ item: '务工', amount: '8000' }],
          business: [],
          property: [],
          transfer: [],
        },
        support: null,
        rigid_expenditure: '12000',
        assets: 'within',
        labour: 'partial',
        hardship: 'illness',
        findings: '家中一人患病，收入减少',
        photos: [digest],
        relative_of_staff: false,
      },
    };
  if (stage === 'visited')
    return {
      action: 'accept',
      form: {
        on: day,
        applicant: 'household',
        applied_for: 'rural_dibao',
        place: 'registered',
        authorisations: [digest],
      },
    };
  return { action: 'means_check', form: { report: 'HD-2025-0001', result: 'consistent' } };
}

const ORDERS = ['priority', 'due', 'village', 'score', 'gain'];

async function work(clerk: Clerk, until: number): Promise<void> {
  await sleep(Math.random() * think);
  while (performance.now() < until) {
    const order = ORDERS[Math.floor(Math.random() * ORDERS.length)] ?? 'due';
    const { told } = await ask('queue', clerk, `/cases?order=${order}&size=50`);
    const open = (told.cases ?? []).filter(({ stage }) => stage !== 'checked');
    const row = open[Math.floor(Math.random() * Math.min(open.length, 10))];
    if (row !== undefined) {
      await ask('case', clerk, `/cases/${row.lead_id}`);
      const { action, form } = step(row.stage, clerk);
      const done = await ask('act', clerk, `/cases/${row.lead_id}/acts`, {
        action,
        form,
        version: row.version,
      });
      if (done.status === 200) acknowledged.add(`${row.lead_id} ${done.told.version ?? 0}`);
      else {
        const why = `${action} ${done.told.gate ?? done.told.code ?? ''}`;
        refusals.set(why, (refusals.get(why) ?? 0) + 1);
      }
    }
    await sleep(think * (0.5 + Math.random()));
  }
}

const clerks = await prepare(folder, Number(values.leads), Number(values.clerks));
const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const server = spawn(process.execPath, [program, 'serve', '--home', folder], {
  env: { ...process.env, UV_THREADPOOL_SIZE: '16', DOUDI_LISTEN: `127.0.0.1:${port}` },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let lost = 0;
try {
  let said = '';
  for await (const piece of server.stdout.setEncoding('utf8')) {
    said += piece as string;
    if (said.includes('doudi serves')) break;
  }
  const [first] = clerks;
  if (first !== undefined) await ask(null, first, '/cases');
  await sleep(Number(values.warm) * 1000);
  const until = performance.now() + Number(values.seconds) * 1000;
  await Promise.all(clerks.map((clerk) => work(clerk, until)));
  const load = (loadavg()[0] ?? 0).toFixed(1);
  process.stdout.write(
    `${clerks.length} clerks on ${values.leads} open leads for ${values.seconds} s, a step every ${values.think} s each: ` +
      `${acknowledged.size} steps taken, refused ${JSON.stringify(Object.fromEntries(refusals))}, load average ${load}\n`,
  );
  for (const [kind, list] of Object.entries(times) as [Kind, number[]][]) {
    list.sort((a, b) => a - b);
    const at = (share: number): string =>
      (list[Math.floor(share * (list.length - 1))] ?? 0).toFixed(1);
    process.stdout.write(
      `${kind}: ${list.length} requests, median ${at(0.5)} ms, p95 ${at(0.95)} ms (goal ${GOAL_MS[kind]}), p99 ${at(0.99)} ms, longest ${at(1)} ms\n`,
    );
  }
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
}
const store = await openStore(openHome(folder), systemClock);
const rows = await store.sql.rows<{ lead_id: string; version: number }>(
  'SELECT lead_id, version FROM case_act',
);
const written = new Set(rows.map(({ lead_id, version }) => `${lead_id} ${version}`));
lost = [...acknowledged].filter((one) => !written.has(one)).length;
const doubled = rows.length - written.size;
await store.close();
rmSync(folder, { recursive: true, force: true });
process.stdout.write(
  `in the ledger: ${rows.length} steps; acknowledged and not there ${lost}, there twice ${doubled}\n`,
);
agent.destroy();
process.exitCode = lost > 0 || doubled > 0 ? 1 : 0;
