import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { usageError } from '../../core/errors.ts';
import { openHome } from '../../core/home.ts';
import { parseMonthRange } from '../../core/month.ts';
import { divisionsOf } from '../../core/region.ts';
import { streamLeads } from '../../leads/list.ts';
import { text, type Command } from '../command.ts';
import { TRIAL } from '../generate-options.ts';
import { withHome } from '../open.ts';
import { printRun } from '../show-run.ts';
import { generateInto } from './generate.ts';
import { runInHome } from './run.ts';

const MONTHS = '2025-07..2025-10';
const PERSONS = 40_000;
/** The demo's home lies apart from a real one. */
const FOLDER = 'demo';

const parameter = (name: string, value: number, where = ''): string =>
  `  - { name: ${name}, ${where}region: "520000", from: 2023-01-01, to: null, value: ${value}, unit: yuan/year, doc: trial, clause: "-" }`;

const CONFIG = `# A home for trying things out. The three figures below are trial values, not law.
province: "520000"
parameters:
${parameter('dibao-standard', TRIAL.rural, 'where: { residence: rural }, ')}
${parameter('dibao-standard', TRIAL.rural * 1.5, 'where: { residence: urban }, ')}
${parameter('disposable-income', TRIAL.disposableIncome)}
`;

export default {
  name: 'demo',
  summary: 'generates a small province, runs its months, shows what came out',
  usage: 'doudi demo [--persons N]',
  options: { persons: { type: 'string' } },
  async run(invocation) {
    const persons = Number(text(invocation, 'persons') ?? PERSONS);
    if (!Number.isSafeInteger(persons) || persons < 1)
      throw usageError('--persons must be a whole number');
    const c = createColors(invocation.colour);
    const home = join(invocation.home, FOLDER);
    openHome(home);
    const config = join(home, 'doudi.yaml');
    if (!existsSync(config)) writeFileSync(config, CONFIG);
    const inbox = join(home, 'inbox');
    const here = { ...invocation, home };
    const months = parseMonthRange(MONTHS);
    await generateInto(here, { out: inbox, persons, months, seed: 1, province: undefined });
    for (const month of months) {
      const { report, rules } = await runInHome(here, month, inbox);
      await printRun(here, report, rules);
    }
    const last = months.at(-1);
    if (last === undefined) return;
    const counties = new Map<string, number>();
    await withHome(here, async ({ store }) => {
      for await (const page of streamLeads(store.sql, last, null)) {
        for (const { county } of page) counties.set(county, (counties.get(county) ?? 0) + 1);
      }
    });
    const divisions = divisionsOf('520000');
    const cells = [...counties]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, n]) => `${code} ${divisions.find(code)?.name ?? ''} ${c.bold(String(n))}`);
    await invocation.out(`${c.bold(`leads per county, ${last}`)} (${counties.size} counties)\n`);
    for (let at = 0; at < cells.length; at += 4)
      await invocation.out(`  ${cells.slice(at, at + 4).join('   ')}\n`);
    await invocation.out(
      `\nThe home is ${home}. Next: npm run -s doudi -- leads --home ${home} --month ${last}\n`,
    );
  },
} satisfies Command;
