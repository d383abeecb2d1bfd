/** What a change of figures or of a rule would do to months that were run: `rules backtest` and `rules diff`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, afterAll } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { BacktestAnswer } from '../../warnings/backtest/backtest.ts';
import { openHome } from '../../core/home.ts';
import { openPublished } from '../../store/published.ts';
import type { RulesDiff } from '../../warnings/backtest/rules-diff.ts';
import { CONFIG, doudi, parseCsv, ROOT } from '../support/doudi.ts';
import { publishHome } from '../support/office.ts';
import { withStore } from '../support/state.ts';
import { csv, deliver, ENROLMENT, person } from '../support/inbox.ts';

const home = mkdtempSync(join(tmpdir(), 'doudi-backtest-'));
const EDU = 'EDU-03';

/** Senior pupils with what they pay themselves in a school year, yuan, beside 1,000 of aid. */
const PAID: readonly (readonly [county: string, paid: string])[] = [
  ['520102', '11000.01'],
  ['520102', '11000.00'],
  ['520103', '9000.01'],
  ['520103', '9000.00'],
  ['520201', '20000'],
  ['520201', '20000'],
];

beforeAll(async () => {
  writeFileSync(join(home, 'doudi.yaml'), CONFIG);
  const inbox = join(home, 'inbox');
  for (const month of ['2025-09', '2025-10']) {
    const rows = PAID.map(
      ([county, paid], n) => `${person(n + 1)},${county},senior,enrolled,1000,${paid},2027-07`,
    );
    // In the second month the last pupil has left the roll.
    const there = month === '2025-09' ? rows : rows.slice(0, -1);
    deliver(inbox, `education/enrolment/${month}.csv`, csv(ENROLMENT, there));
    await doudi(home, ['run', '--month', month, '--inbox', inbox]);
  }
  const leads = parseCsv(await doudi(home, ['leads', '--month', '2025-10']));
  const of = (n: number): string =>
    leads.find((lead) => lead['person_id'] === person(n))?.['lead_id'] ?? '';
  const close = (n: number, outcome: string): Promise<string> =>
    doudi(home, [
      'leads',
      'close',
      of(n),
      '--outcome',
      outcome,
      '--reason',
      'visit',
      '--month',
      '2025-11',
      '--clause',
      '二',
    ]);
  await close(1, 'not_eligible');
  await close(5, 'assisted');
});

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const backtest = async (...words: string[]): Promise<BacktestAnswer> =>
  JSON.parse(
    await doudi(home, [
      'rules',
      'backtest',
      EDU,
      '--from',
      '2025-09',
      '--to',
      '2025-10',
      '--json',
      ...words,
    ]),
  ) as BacktestAnswer;

describe('rules backtest', () => {
  it('counts the homes that a higher figure loses, by month and county, with what visits had found', async () => {
    const { months, outcomes } = await backtest('--set', 'school-out-of-pocket=15000');
    expect(months.map(({ counties: _, ...sums }) => sums)).toEqual([
      { month: '2025-09', before: 3, after: 2, gained: 0, lost: 1 },
      { month: '2025-10', before: 2, after: 1, gained: 0, lost: 1 },
    ]);
    expect(months[1]?.counties).toEqual([
      { county: '520102', before: 1, after: 0, gained: 0, lost: 1 },
      { county: '520201', before: 1, after: 1, gained: 0, lost: 0 },
    ]);
    expect(outcomes).toEqual([
      { outcome: 'assisted', lost: 0, kept: 1 },
      { outcome: 'not_eligible', lost: 1, kept: 0 },
    ]);
  });
  it('counts those that a lower figure gains: one fen above it, not at it', async () => {
    const { months } = await backtest('--set', 'school-out-of-pocket=8000');
    expect(months[1]).toMatchObject({ before: 2, after: 4, gained: 2, lost: 0 });
    const { months: exact } = await backtest('--set', 'school-out-of-pocket=10000');
    expect(exact[1]).toMatchObject({ before: 2, after: 2, gained: 0, lost: 0 });
  });
  it('keeps its counts where that is said, the newest of the same trial, for the dashboards and a rebuilt ledger', async () => {
    const kept = (): Promise<Record<string, unknown>[]> =>
      withStore(home, ({ sql }) =>
        sql.rows(
          "SELECT rule, version, tried, json_extract_string(months, '$[1].counties[0].after') AS after FROM rule_backtest ORDER BY seq",
        ),
      );
    expect(await kept()).toEqual([]);
    for (const value of ['8000', '15000', '8000'])
      await backtest('--set', `school-out-of-pocket=${value}`, '--keep');
    const tried = (value: string, after: string): object => ({
      rule: EDU,
      version: 1,
      tried: `school-out-of-pocket=${value}`,
      after,
    });
    const all = [tried('8000', '2'), tried('15000', '0'), tried('8000', '2')];
    expect(await kept()).toEqual(all);
    await doudi(home, ['rebuild']);
    expect(await kept()).toEqual(all);
    await publishHome(home);
    const published = openPublished(openHome(home));
    const sums = await published.rows(
      `SELECT tried, month, sum(before)::INTEGER AS before, sum(after)::INTEGER AS after, count(*)::INTEGER AS counties
       FROM backtest GROUP BY ALL ORDER BY ALL`,
    );
    published.close();
    const sum = (value: string, month: string, before: number, after: number): object => ({
      tried: `school-out-of-pocket=${value}`,
      month,
      before,
      after,
      counties: 88,
    });
    expect(sums).toEqual([
      sum('15000', '2025-09', 3, 2),
      sum('15000', '2025-10', 2, 1),
      sum('8000', '2025-09', 3, 5),
      sum('8000', '2025-10', 2, 4),
    ]);
  });
  it('holds two versions of a rule side by side', async () => {
    const text = readFileSync(join(ROOT, `rules/catalogue/${EDU}.yaml`), 'utf8');
    const file = join(home, `${EDU}.yaml`);
    writeFileSync(
      file,
      text.replace('more_than:', 'at_least:').replace('version: 1', 'version: 2'),
    );
    const { months } = await backtest('--with', file);
    // Person 2 stands exactly at the figure.
    expect(months[1]).toMatchObject({ before: 2, after: 3, gained: 1, lost: 0 });
    expect(
      await doudi(home, [
        'rules',
        'backtest',
        EDU,
        '--from',
        '2025-09',
        '--to',
        '2025-10',
        '--with',
        file,
      ]),
    ).toMatch(/第1版 与 第2版/);
  });
  it('changes nothing in the home', async () => {
    // The visits' outcomes are news to the cards; after this run there is nothing new.
    await doudi(home, ['run', '--month', '2025-10']);
    const before = await doudi(home, ['warnings', '--month', '2025-10']);
    await backtest('--set', 'school-out-of-pocket=1');
    expect(await doudi(home, ['warnings', '--month', '2025-10'])).toBe(before);
    const run = await doudi(home, ['run', '--month', '2025-10', '--json']);
    expect((JSON.parse(run) as { changed: boolean }).changed).toBe(false);
  });
  it.each([
    [['--set', 'dibao-standard=1'], /has no parameter 'dibao-standard'/],
    [['--set', 'school-out-of-pocket=true'], /is a number/],
    [['--set', 'school-out-of-pocket=much'], /not a figure/],
    [[], /compares with something/],
  ])('%j is refused', async (words, said) => {
    await expect(backtest(...words)).rejects.toThrow(said);
  });
  it('says which month has not been run', async () => {
    await expect(
      doudi(home, [
        'rules',
        'backtest',
        EDU,
        '--from',
        '2025-08',
        '--to',
        '2025-10',
        '--set',
        'school-out-of-pocket=1',
      ]),
    ).rejects.toThrow(/2025-08 has not been run/);
  });
});

describe('rules diff', () => {
  const diff = async (region: string, ...days: string[]): Promise<RulesDiff> =>
    JSON.parse(
      await doudi(home, [
        'rules',
        'diff',
        ...days.flatMap((day) => ['--at', day]),
        '--region',
        region,
        '--json',
      ]),
    ) as RulesDiff;
  const own = (values: string): void => {
    writeFileSync(join(home, 'doudi.yaml'), `${CONFIG}${values}`);
  };
  it('names what ended and began with its clause, and whom it moves in the last month, in that place', async () => {
    own(
      '  - { name: school-out-of-pocket, region: "520100", from: 2020-01-01, to: 2025-12-31, value: 10000, unit: yuan/year, doc: 市办法, clause: 三 }\n' +
        '  - { name: school-out-of-pocket, region: "520100", from: 2026-01-01, to: null, value: 8000, unit: yuan/year, doc: 市新办法, clause: 四 }\n',
    );
    const { figures, moved } = await diff('520100', '2025-12-31', '2026-01-01');
    const names = figures.map(({ name }) => name);
    expect(names).toContain('direct-marginal-recognition');
    expect(figures.find(({ name }) => name === 'school-out-of-pocket')).toMatchObject({
      before: { value: 10000, doc: '市办法', clause: '三' },
      after: { value: 8000, doc: '市新办法', clause: '四' },
    });
    expect(moved?.month).toBe('2025-10');
    expect(moved?.rules.filter(({ rule }) => rule === EDU)).toEqual([
      { rule: EDU, gained: 2, lost: 0 },
    ]);
    // In a county of another prefecture the same days change nothing for schooling.
    const elsewhere = await diff('520201', '2025-12-31', '2026-01-01');
    expect(elsewhere.figures.map(({ name }) => name)).not.toContain('school-out-of-pocket');
    expect(elsewhere.moved?.rules).toEqual([]);
  });
  it('says that nothing changed, and what it takes', async () => {
    own('');
    expect(
      await doudi(home, [
        'rules',
        'diff',
        '--at',
        '2025-03-01',
        '--at',
        '2025-03-02',
        '--region',
        '520000',
      ]),
    ).toMatch(/没有变化/);
    await expect(diff('529999', '2025-03-01', '2025-03-02')).rejects.toThrow(/no region 529999/);
    await expect(diff('520000', '2025-03-01')).rejects.toThrow(/two days/);
  });
});
