/**
 * The cost of a monthly run against the minimum for the same work: a plain hand-written SQL script (floor.sql) on the
 * same extracts and machine in the same call. Fails when the two disagree on the number of warnings of any rule and
 * month.
 *
 * Both run compiled, as an office runs them: `npm run bench` builds first.
 *
 *     npm run bench -- [--persons 1000000] [--months 2025-08..2025-10] [--seed 1] [--repeat 1] [--keep DIR] [--json]
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeError, exitCodeOf, MonitorError, usageError } from '../core/errors.ts';
import { openHome } from '../core/home.ts';
import { parseMonthRange, type Month } from '../core/month.ts';
import type { RunReport } from '../pipelines/report.ts';
import type { FloorJob, FloorReport } from './floor.ts';
import { bytesBelow, measure, type Measured } from './measure.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const figures = { rural: 6000, urban: 9000, pcdi: 14_000, line: 7500 } as const;

const parameter = (name: string, value: number, where = ''): string =>
  `  - { name: ${name}, ${where}region: "520000", from: 2023-01-01, to: null, value: ${value}, unit: yuan/year, doc: trial, clause: "-" }`;

/** Trial figures, not law. */
const CONFIG = `province: "520000"
parameters:
${parameter('dibao-standard', figures.rural, 'where: { residence: rural }, ')}
${parameter('dibao-standard', figures.urban, 'where: { residence: urban }, ')}
${parameter('disposable-income', figures.pcdi)}
${parameter('monitoring-line', figures.line)}
`;

interface Step {
  readonly step: string;
  readonly seconds: number;
  readonly rows: number;
}

/** One contender over all months. */
interface Run {
  readonly seconds: number;
  readonly cpu: number;
  readonly peakBytes: number;
  readonly diskBytes: number;
  readonly lakeBytes: number;
  readonly steps: readonly Step[];
  /** `month rule` → warnings. */
  readonly warnings: ReadonlyMap<string, number>;
}

interface Task {
  readonly inbox: string;
  readonly months: readonly Month[];
  /** An empty folder for this run alone. */
  readonly folder: string;
}

function makeHome(folder: string): string {
  const { root } = openHome(folder);
  writeFileSync(join(root, 'doudi.yaml'), CONFIG);
  return root;
}

const doudi = (home: string, words: readonly string[]): Promise<Measured> =>
  measure(['dist/cli/main.js', ...words, '--home', home, '--json'], project);

/** Adds the steps of a month to those of earlier months. */
function addSteps(total: Map<string, Step>, steps: readonly Step[]): void {
  for (const { step, seconds, rows } of steps) {
    const before = total.get(step) ?? { seconds: 0, rows: 0 };
    total.set(step, { step, seconds: before.seconds + seconds, rows: before.rows + rows });
  }
}

interface MonthRun {
  readonly measured: Measured;
  readonly steps: readonly Step[];
  readonly warnings: Readonly<Record<string, number>>;
}

async function overMonths(
  { months, folder }: Task,
  one: (month: Month) => Promise<MonthRun>,
): Promise<Run> {
  const steps = new Map<string, Step>();
  const warnings = new Map<string, number>();
  let [seconds, cpu, peakBytes] = [0, 0, 0];
  for (const month of months) {
    const done = await one(month);
    seconds += done.measured.seconds;
    cpu += done.measured.cpu;
    peakBytes = Math.max(peakBytes, done.measured.peakBytes);
    addSteps(steps, done.steps);
    for (const [rule, n] of Object.entries(done.warnings)) warnings.set(`${month} ${rule}`, n);
  }
  const named = [...steps.values()];
  // Process start, opening and closing the database, and everything else outside the steps.
  const rest = seconds - named.reduce((sum, step) => sum + step.seconds, 0);
  const lake = join(folder, 'lake');
  return {
    seconds,
    cpu,
    peakBytes,
    diskBytes: bytesBelow(folder),
    lakeBytes: existsSync(lake) ? bytesBelow(lake) : 0,
    steps: [...named, { step: 'start and end', seconds: rest, rows: 0 }],
    warnings,
  };
}

function runDoudi(task: Task): Promise<Run> {
  const home = makeHome(task.folder);
  return overMonths(task, async (month) => {
    const measured = await doudi(home, ['run', '--month', month, '--inbox', task.inbox]);
    const { steps, warnings, files } = JSON.parse(measured.stdout) as RunReport;
    const lost = files.filter((file) => file.outcome === 'refused' || file.quarantined > 0);
    if (lost.length > 0) throw new MonitorError('bench', `${month}: doudi did not take every row`);
    return { measured, steps, warnings };
  });
}

function runFloor(task: Task): Promise<Run> {
  mkdirSync(task.folder, { recursive: true });
  const database = join(task.folder, 'floor.duckdb');
  return overMonths(task, async (month) => {
    const job: FloorJob = { database, inbox: task.inbox, month, figures };
    const measured = await measure(['dist/bench/floor.js', JSON.stringify(job)], project);
    const { read, rules, rows, warnings } = JSON.parse(measured.stdout) as FloorReport;
    const found = Object.values(warnings).reduce((sum, n) => sum + n, 0);
    const steps = [
      { step: 'read', seconds: read, rows },
      { step: 'rules', seconds: rules, rows: found },
    ];
    return { measured, steps, warnings };
  });
}

/** @throws MonitorError `bench` naming every rule and month where the two differ */
function compare(ours: Run, floor: Run): void {
  const keys = [...new Set([...ours.warnings.keys(), ...floor.warnings.keys()])].sort();
  const count = (run: Run, key: string): number => run.warnings.get(key) ?? 0;
  const wrong = keys.filter((key) => count(ours, key) !== count(floor, key));
  if (wrong.length === 0) return;
  const lines = wrong.map((key) => `${key}: doudi ${count(ours, key)}, floor ${count(floor, key)}`);
  throw new MonitorError('bench', `the warnings differ:\n  ${lines.join('\n  ')}`);
}

/** The run with the median time. */
function middle(runs: readonly Run[]): Run {
  const run = runs.toSorted((a, b) => a.seconds - b.seconds)[Math.floor((runs.length - 1) / 2)];
  if (run === undefined) throw usageError('--repeat must be at least 1');
  return run;
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const times = (a: number, b: number): string => `${(a / b).toFixed(2)} ×`;

function table(ours: Run, floor: Run): string {
  const steps = (name: string, run: Run): string[] =>
    run.steps.map(({ step, seconds, rows }) => {
      const rate = rows === 0 ? '' : Math.round(rows / seconds).toLocaleString('en');
      const amount = rows === 0 ? '' : rows.toLocaleString('en');
      return `| ${name} · ${step} | ${seconds.toFixed(2)} | ${amount} | ${rate} |`;
    });
  const row = (
    name: string,
    pick: (run: Run) => number,
    print: (value: number) => string,
  ): string => {
    const [a, b] = [pick(ours), pick(floor)];
    return `| ${name} | ${print(a)} | ${b === 0 ? '' : print(b)} | ${b === 0 ? '' : times(a, b)} |`;
  };
  const plain = (value: number): string => value.toFixed(1);
  const total = (run: Run): number => [...run.warnings.values()].reduce((sum, n) => sum + n, 0);
  return [
    '| step, all months | seconds | rows | rows/s |',
    '|---|---:|---:|---:|',
    ...steps('doudi', ours),
    ...steps('floor', floor),
    '',
    '| | doudi | floor | ratio |',
    '|---|---:|---:|---:|',
    row('wall seconds', (run) => run.seconds, plain),
    row('CPU seconds', (run) => run.cpu, plain),
    row('peak memory', (run) => run.peakBytes, megabytes),
    row('bytes on disk', (run) => run.diskBytes, megabytes),
    row('of these the lake', (run) => run.lakeBytes, megabytes),
    row('warnings', total, String),
    '',
  ].join('\n');
}

const forJson = ({ warnings, ...run }: Run): object => ({
  ...run,
  warnings: Object.fromEntries(warnings),
});

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw usageError(`--${name} must be a whole number from 1`);
  return number;
}

function workFolder(keep: string | undefined): string {
  if (keep === undefined) return mkdtempSync(join(tmpdir(), 'doudi-bench-'));
  const folder = resolve(keep);
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw usageError('--keep must name an empty folder');
  return folder;
}

const OPTIONS = {
  persons: { type: 'string', default: '1000000' },
  months: { type: 'string', default: '2025-08..2025-10' },
  seed: { type: 'string', default: '1' },
  repeat: { type: 'string', default: '1' },
  keep: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** @throws MonitorError `usage` */
function readWords(): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'] {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    // Node's own message names the option and quotes nothing else.
    throw usageError(error instanceof Error ? error.message : 'wrong usage');
  }
}

async function main(): Promise<void> {
  const values = readWords();
  const persons = positive('persons', values.persons);
  const repeat = positive('repeat', values.repeat);
  const seed = positive('seed', values.seed);
  const months = parseMonthRange(values.months);
  const tell = (text: string): void => void process.stderr.write(`${text}\n`);
  const folder = workFolder(values.keep);
  try {
    const inbox = join(folder, 'inbox');
    const size = ['--persons', String(persons), '--seed', String(seed)];
    const span = ['--months', `${months.at(0) ?? ''}..${months.at(-1) ?? ''}`];
    tell(`generating ${persons} persons × ${months.length} months`);
    await doudi(makeHome(join(folder, 'generator')), [
      'generate',
      '--out',
      inbox,
      ...size,
      ...span,
    ]);
    const runs = { doudi: [] as Run[], floor: [] as Run[] };
    for (let round = 1; round <= repeat; round += 1) {
      // The order alternates, so that neither always finds the files cached.
      const order = round % 2 === 1 ? (['doudi', 'floor'] as const) : (['floor', 'doudi'] as const);
      for (const name of order) {
        const task = { inbox, months, folder: join(folder, `${name}-${round}`) };
        const run = await (name === 'doudi' ? runDoudi(task) : runFloor(task));
        tell(`${name} ${round}/${repeat}: ${run.seconds.toFixed(1)} s`);
        runs[name].push(run);
        if (values.keep === undefined) rmSync(task.folder, { recursive: true });
      }
    }
    const [ours, floor] = [middle(runs.doudi), middle(runs.floor)];
    compare(ours, floor);
    const shown = `${persons} persons × ${months.length} months, seed ${seed}, ${availableParallelism()} processors\n\n${table(ours, floor)}`;
    if (!values.json) process.stdout.write(shown);
    else {
      tell(shown);
      const answer = {
        persons,
        months,
        seed,
        repeat,
        processors: availableParallelism(),
        ratio: ours.seconds / floor.seconds,
        cpuRatio: ours.cpu / floor.cpu,
        doudi: forJson(ours),
        floor: forJson(floor),
      };
      process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    }
  } finally {
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  const { message, fix } = describeError(error);
  process.stderr.write(`bench: ${message}\n${fix === undefined ? '' : `       ${fix}\n`}`);
  if (process.env['DOUDI_DEBUG'] === '1' && error instanceof Error)
    process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = exitCodeOf(error);
}
