/**
 * The cost of the rules: the engine as the step `warn` calls it, against the same rules in hand-written SQL (rules.sql)
 * on the same synthetic profile, and against two general rule engines on a sample of the same persons and homes, in one
 * process, alternating. Fails when results differ. Then the cost of additional rules.
 *
 *     npm run bench:rules -- [--persons 1000000] [--sample 20000] [--rounds 5] [--seed 1]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeError, exitCodeOf, usageError } from '../core/errors.ts';
import { withScratch } from '../store/database.ts';
import type { Sql } from '../store/sql.ts';
import { evaluateRules } from '../warnings/evaluate.ts';
import { compareByHand, runByHand } from './rules/by-hand.ts';
import { jsonRulesEngine, zenEngine } from './rules/engines.ts';
import { moreRules } from './rules/more-rules.ts';
import { checkSample, decideSample, takeSample } from './rules/sample.ts';
import { makeSetting, type Setting } from './rules/setting.ts';
import { inRounds, type Contender, type Times } from './rules/timing.ts';

const OPTIONS = {
  persons: { type: 'string', default: '1000000' },
  sample: { type: 'string', default: '20000' },
  rounds: { type: 'string', default: '5' },
  seed: { type: 'string', default: '1' },
} as const;

const MORE = [10, 50, 100] as const;
const tell = (text: string): void => void process.stderr.write(`${text}\n`);
const print = (lines: readonly string[]): void =>
  void process.stdout.write(`${lines.join('\n')}\n\n`);
const whole = (n: number): string => n.toLocaleString('en');

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw usageError(`--${name} must be a whole number from 1`);
  return number;
}

interface Line {
  readonly name: string;
  readonly rules: number;
  readonly persons: number;
  /** The baseline, per person: our engine on the same rules. */
  readonly base: string;
}

const ratio = (n: number): string => (n < 10 ? n.toFixed(2) : whole(Math.round(n)));

function table(lines: readonly Line[], taken: ReadonlyMap<string, Times>): string[] {
  const cost = (name: string, pick: (times: Times) => number): number => {
    const [line, times] = [lines.find((one) => one.name === name), taken.get(name)];
    return line === undefined || times === undefined ? NaN : (pick(times) * 1e6) / line.persons;
  };
  return [
    '| | rules | persons | median s | least s | CPU s | µs per person | times doudi: median | CPU |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...lines.map(({ name, rules, persons, base }) => {
      const { median = NaN, least = NaN, cpu = NaN } = taken.get(name) ?? {};
      const seconds = [median, least, cpu].map((n) => n.toFixed(2)).join(' | ');
      const times = [(t: Times): number => t.median, (t: Times): number => t.cpu]
        .map((pick) => ratio(cost(name, pick) / cost(base, pick)))
        .join(' | ');
      return `| ${name} | ${rules} | ${whole(persons)} | ${seconds} | ${cost(name, (t) => t.median).toFixed(2)} | ${times} |`;
    }),
  ];
}

async function compareAll(
  { evaluation }: Setting,
  persons: number,
  size: number,
  rounds: number,
): Promise<void> {
  const { sql } = evaluation;
  const engine = (): Promise<void> => evaluateRules(evaluation);
  await engine();
  for (const part of ['keys', 'warnings'] as const) {
    await runByHand(sql, part);
    await compareByHand(sql, part);
  }
  tell('by hand the same rows, evidence included');
  const sample = await takeSample(evaluation, size);
  const general = [
    { name: 'json-rules-engine', decide: decideSample(sample, jsonRulesEngine) },
    { name: '@gorules/zen-engine', decide: decideSample(sample, zenEngine) },
  ];
  for (const { name, decide } of general) checkSample(sample, name, await decide());
  tell(`the general engines the same ${sample.expected.length} hits in the sample`);
  const same = evaluation.rules.filter(({ id }) => !sample.left.includes(id));
  const [all, some] = [evaluation.rules.length, same.length];
  const [name, sameName] = ['doudi', 'doudi, rules that one object can tell'];
  const contenders: (Line & Contender)[] = [
    { name, rules: all, persons, base: name, run: engine },
    {
      name: 'SQL by hand',
      rules: all,
      persons,
      base: name,
      run: () => runByHand(sql, 'warnings'),
    },
    {
      name: 'SQL by hand, without evidence',
      rules: all,
      persons,
      base: name,
      run: () => runByHand(sql, 'keys'),
    },
    {
      name: sameName,
      rules: some,
      persons,
      base: sameName,
      run: () => evaluateRules({ ...evaluation, rules: same }),
    },
    ...general.map(({ name: general, decide }) => ({
      name: general,
      rules: some,
      persons: sample.size,
      base: sameName,
      run: decide,
    })),
  ];
  print(table(contenders, await inRounds(contenders, rounds)));
  if (sample.left.length > 0)
    print([
      `No condition over one object: ${sample.left.join(', ')} (they count what others found).`,
    ]);
}

async function measureMore(
  { evaluation }: Setting,
  persons: number,
  rounds: number,
): Promise<void> {
  const { rules } = evaluation;
  const more = moreRules(rules, Math.max(...MORE), evaluation);
  const hits = new Map<string, number>();
  const sets = [
    ...MORE.map((n) => ({ name: `${rules.length} + ${n}`, set: [...rules, ...more.slice(0, n)] })),
    { name: '10 alone', set: more.slice(0, 10) },
    { name: '60 alone', set: more.slice(0, 60) },
  ];
  const times = await inRounds(
    sets.map(({ name, set }) => ({
      name,
      run: async () => {
        await evaluateRules({ ...evaluation, rules: set });
        const [row] = await evaluation.sql.rows<{ n: number }>(
          'SELECT count(*)::INTEGER AS n FROM found',
        );
        hits.set(name, row?.n ?? 0);
      },
    })),
    rounds,
  );
  const seconds = (name: string): number => times.get(name)?.median ?? 0;
  print([
    `| rules | warnings of ${whole(persons)} persons | median s | CPU s | times |`,
    '|---|---:|---:|---:|---:|',
    ...[...times].map(([name, { median, cpu }]) => {
      const base = name.endsWith('alone') ? '10 alone' : `${rules.length} + 10`;
      return `| ${name} | ${whole(hits.get(name) ?? 0)} | ${median.toFixed(2)} | ${cpu.toFixed(2)} | ${(median / seconds(base)).toFixed(2)} |`;
    }),
  ]);
}

async function measure(sql: Sql, folder: string): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const persons = positive('persons', values.persons);
  const rounds = positive('rounds', values.rounds);
  const size = positive('sample', values.sample);
  const seed = positive('seed', values.seed);
  const setting = await makeSetting(sql, folder, persons, seed);
  tell(`made a profile of ${whole(persons)} persons`);
  print([
    `${whole(persons)} persons, seed ${seed}, ${availableParallelism()} processors, ${rounds} rounds in turn, ${setting.evaluation.rules.length} rules in force` +
      (setting.unknown.length === 0
        ? ''
        : ` (rules.sql does not know ${setting.unknown.join(', ')})`),
  ]);
  await compareAll(setting, persons, size, rounds);
  await measureMore(setting, persons, rounds);
}

const folder = mkdtempSync(join(tmpdir(), 'doudi-rules-'));
try {
  await withScratch({ temporary: join(folder, 'spill') }, (sql) => measure(sql, folder));
} catch (error) {
  const { message, fix } = describeError(error);
  process.stderr.write(`bench: ${message}\n${fix === undefined ? '' : `       ${fix}\n`}`);
  process.exitCode = exitCodeOf(error);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
