import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createColors } from 'picocolors';
import { ROLES } from '../../core/account.ts';
import { clockFrom, systemClock } from '../../core/clock.ts';
import { readServeSettings, type ServeSettings } from '../../core/environment.ts';
import { MonitorError, usageError } from '../../core/errors.ts';
import { openHome } from '../../core/home.ts';
import { parseMonthRange } from '../../core/month.ts';
import { countDeliveries, type DeliveryCount } from '../../cases/delivery/book.ts';
import { text, type Invocation } from '../command.ts';
import { TRIAL } from '../generate-options.ts';
import { printRun } from '../show-run.ts';
import { demoAccounts } from '../serve/demo-accounts.ts';
import { builtPage } from '../serve/page.ts';
import { startServing, type Serving } from '../serve/start.ts';
import { untilTold } from '../serve/until-told.ts';
import { generateInto } from './generate.ts';
import { runInHome } from './run.ts';

const MONTHS = '2025-07..2025-10';
/** The demo's clock is in the month after its last one, so that its calendar has something to do. */
const NOW = '2025-11-11T09:00:00+08:00';
const PERSONS = 40_000;
/** The demo's home is separate from a real one. */
const FOLDER = 'demo';
/** How long leads may take to reach their queues before the demo reports that they are waiting. */
const PATIENCE_MS = 60_000;

const parameter = (name: string, value: number, where = ''): string =>
  `  - { name: ${name}, ${where}region: "520000", from: 2023-01-01, to: null, value: ${value}, unit: yuan/year, doc: trial, clause: "-" }`;

const CONFIG = `# A home for trying things out. The three figures below are trial values, not law.
province: "520000"
demo: true
inbox: inbox
parameters:
${parameter('dibao-standard', TRIAL.rural, 'where: { residence: rural }, ')}
${parameter('dibao-standard', TRIAL.rural * 1.5, 'where: { residence: urban }, ')}
${parameter('disposable-income', TRIAL.disposableIncome)}
`;

/** The configured address, or any free port if another program uses it. */
async function start(here: Invocation, settings: ServeSettings, page: string): Promise<Serving> {
  const { home, clock, log } = here;
  // Authenticator apps do not follow the demo's clock.
  const given = { home, clock, codes: systemClock, log, page };
  const free = process.env['DOUDI_LISTEN'] === undefined;
  try {
    return await startServing({ ...given, settings });
  } catch (error) {
    if (!free || !(error instanceof MonitorError) || error.code !== 'address') throw error;
    return startServing({ ...given, settings: { ...settings, port: 0 } });
  }
}

async function untilDelivered(here: Invocation, { held }: Serving): Promise<DeliveryCount[]> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const counted = await held.store.task(({ sql }) => countDeliveries(sql));
    const left = counted.reduce((sum, { waiting }) => sum + waiting, 0);
    if (left === 0 || Date.now() > until) return counted;
    here.tell(`  ${left} leads on their way to ${counted.length} county queues\n`);
    await sleep(500);
  }
}

async function untilItAnswers(address: string, accessKey: string | undefined): Promise<void> {
  const headers =
    accessKey === undefined
      ? {}
      : { authorization: `Basic ${Buffer.from(`:${accessKey}`).toString('base64')}` };
  const answer = await fetch(address, { headers });
  if (!answer.ok) throw new MonitorError('page', `the page answered ${answer.status}`);
  await answer.arrayBuffer();
}

async function printQueues(here: Invocation, serving: Serving): Promise<void> {
  const { held, queues } = serving;
  const c = createColors(here.colour);
  const counted = await untilDelivered(here, serving);
  const sum = (of: (row: DeliveryCount) => number): number =>
    counted.reduce((total, row) => total + of(row), 0);
  const waiting = sum((row) => row.waiting);
  await here.out(
    `${c.bold(`${sum(({ delivered }) => delivered)} leads in ${counted.length} county queues`)} (${queues.kind})${waiting > 0 ? c.yellow(` · ${waiting} wait in the ledger`) : ''}\n`,
  );
  const cells = counted.map(
    ({ county, delivered }) =>
      `${county} ${held.deployment.divisions.find(county)?.name ?? ''} ${c.bold(String(delivered))}`,
  );
  for (let at = 0; at < cells.length; at += 4)
    await here.out(`  ${cells.slice(at, at + 4).join('   ')}\n`);
}

/** Names, first passwords and second factors: the whole point of a demo is that somebody can sign in. */
async function printAccounts(here: Invocation, { held }: Serving): Promise<void> {
  const c = createColors(here.colour);
  const { divisions } = held.deployment;
  await here.out(
    `\n${c.bold('Sign-in names')}, each with a one-time password; where a code is asked for, add the otpauth:// address to an authenticator app\n`,
  );
  for (const { name, role, region, password, otpauth } of await demoAccounts(held))
    await here.out(
      `  ${name.padEnd(28)} ${password}   ${ROLES[role]} · ${divisions.find(region)?.name ?? region}\n${otpauth === null ? '' : `  ${' '.repeat(28)} ${otpauth}\n`}`,
    );
}

export async function run(invocation: Invocation): Promise<void> {
  const persons = Number(text(invocation, 'persons') ?? PERSONS);
  if (!Number.isSafeInteger(persons) || persons < 1)
    throw usageError('--persons must be a whole number');
  const settings = readServeSettings(process.env);
  const home = join(invocation.home, FOLDER);
  openHome(home);
  const config = join(home, 'doudi.yaml');
  if (!existsSync(config)) writeFileSync(config, CONFIG);
  const inbox = join(home, 'inbox');
  const clock = process.env['DOUDI_NOW'] === undefined ? clockFrom(NOW) : invocation.clock;
  const here = { ...invocation, home, clock };
  const months = parseMonthRange(MONTHS);
  await generateInto(here, { out: inbox, persons, months, seed: 1, province: undefined });
  const serving = await start(here, settings, await builtPage(here.tell));
  try {
    const served = { ...here, held: serving.held };
    for (const month of months) {
      const { report, rules } = await runInHome(served, month, inbox);
      await printRun(here, report, rules);
      serving.held.changed();
    }
    await printQueues(here, serving);
    await untilItAnswers(serving.address, settings.accessKey);
    await printAccounts(here, serving);
    serving.keepCalendar();
    const c = createColors(here.colour);
    await here.out(
      `\nThe home is ${home}; other commands take --home ${home}. Ctrl-C ends.\n\n  ${c.bold(serving.address)}\n\n`,
    );
    here.tell(`${await untilTold()}: finishing current work\n`);
  } finally {
    await serving.close();
  }
}
