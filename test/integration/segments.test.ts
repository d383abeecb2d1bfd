/** `doudi segments`: planted homes and near-misses give exactly these members, and the ledger says why. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHome } from '../../core/home.ts';
import { publishHome } from '../support/office.ts';
import { openPublished } from '../../store/published.ts';
import { doudi, parseCsv, withFolder, withHome } from '../support/doudi.ts';
import { home, person } from '../support/inbox.ts';
import {
  affected,
  assistance,
  bill,
  certificate,
  COUNTY,
  enrolment,
  fact,
  member,
  MONTH,
  monitored,
  OTHER_COUNTY,
  writeInbox,
  type Line,
} from '../support/oracle/situation.ts';
import { readTable } from '../support/formats/read-sheet.ts';

type Row = Record<string, string>;

/** The first person of a home bears its number, further ones are 100, 200 … above. */
const at = (n: number, nth = 0) => ({ person_id: person(n + 100 * nth), household_id: home(n) });
const poor = (n: number, more = {}): Line => monitored({ ...at(n), ...more });
const aided = (n: number, more = {}, nth = 0): Line => assistance({ ...at(n, nth), ...more });
const holds = (n: number, more = {}): Line => certificate({ person_id: person(n), ...more });
const sick = (n: number, self: string): Line =>
  bill({ person_id: person(n), self_paid: self, total: self });
const found = (n: number, more: object): Line =>
  fact({ person_id: person(n), since: '2025-10-01', ...more });
const refused = (n: number, status_date: string, more = {}): Line =>
  aided(n, { status: 'refused', status_date, ...more });
const born = (n: number, nth: number, birth_month: string): Line =>
  member({ ...at(n, nth), birth_month });

const LINES: readonly Line[] = [
  // Below the monitoring line of 7,500 by one fen, at it, in sudden hardship, and no longer at risk.
  poor(1, { income_per_capita_year: '7499.99' }),
  poor(2, { income_per_capita_year: '7500.00', county: OTHER_COUNTY }),
  poor(3, { category: 'sudden', income_per_capita_year: '12000', birth_month: '2007-11' }),
  ...[born(3, 1, '2007-10'), born(3, 2, '1965-11'), born(3, 3, '1965-10'), born(3, 4, '')],
  ...[holds(3), bill({ person_id: person(103), major_illness: 'true' })],
  poor(4, { category: 'sudden', risk: 'eliminated', income_per_capita_year: '1000' }),
  poor(5, { category: 'marginal' }),
  ...[poor(6, { income_per_capita_year: '3000' }), aided(6, {}, 1)],
  // A certificate in dibao: grade 3 without a top-up, with one, no longer valid, severe without one.
  ...[aided(7), holds(7, { grade: 3 })],
  ...[aided(8, { topup_month: '50', topup_kinds: 'disabled' }), holds(8, { grade: 3 })],
  ...[aided(9), holds(9, { status: 'expired' })],
  ...[aided(10), holds(10)],
  // Causes; income one fen above the standard of 6,000, and at it with a car.
  poor(11, { causes: 'schooling;disability', income_per_capita_year: '6000.01' }),
  ...[poor(12, { causes: 'illness', income_per_capita_year: '6000.00' })],
  found(12, { kind: 'vehicle' }),
  poor(13, { causes: 'illness;disability', risk: 'eliminated' }),
  ...[poor(14, { causes: 'employment', category: 'marginal', income_per_capita_year: '6000' })],
  found(14, { kind: 'real_estate', relocation_housing: 'true' }),
  // Refused within 12 months, a day before that, refused for something else, and admitted since.
  refused(15, '2024-11-01'),
  refused(16, '2024-10-31'),
  refused(17, '2025-05-20', { programme: 'marginal' }),
  ...[refused(18, '2025-05-20'), aided(18, {}, 1)],
  // Assistance and a risk: at the threshold of ILL-01, one fen below, temporary aid with a dropout, a risk alone.
  ...[aided(19, { programme: 'marginal' }), sick(19, '5000')],
  ...[aided(20, { programme: 'marginal' }), sick(20, '4999.99')],
  aided(21, { programme: 'temporary_aid' }),
  enrolment({ person_id: person(21), status: 'dropout' }),
  ...[refused(22, '2024-01-01'), enrolment({ person_id: person(22), status: 'dropout' })],
  ...[aided(23), enrolment({ person_id: person(23), status: 'dropout' })],
];

/** Homes of each segment; those in brackets are looked after. */
const MEMBERS: Readonly<Record<string, string>> = {
  'R4-1': '1 3 11 12 14',
  'R4-2': '1 2 (6) 11 12',
  'R4-3': '5 14',
  'R4-4': '7 10',
  'R4-5': '11',
  'R4-6': '12',
  'R5-1': '1 2 3 5 (6) 11 12 14',
  'R5-2': '(7) (10) 19 21 (23)',
  'R5-3': '11 12 15',
};

const numbers = (list: string, covered: boolean): number[] =>
  list
    .split(' ')
    .filter((word) => word.startsWith('(') === covered)
    .map((word) => Number(word.replace(/[()]/g, '')));

const segments = async (folder: string, words: readonly string[]): Promise<Row[]> =>
  parseCsv(await doudi(folder, ['segments', ...words]));
const ledgerOf = (folder: string, segment: string, month = MONTH): Promise<Row[]> =>
  segments(folder, ['ledger', '--month', month, '--segment', segment]);
const rowOf = async (folder: string, segment: string, n: number, month = MONTH): Promise<Row> => {
  const row = (await ledgerOf(folder, segment, month)).find(
    (one) => one['household_id'] === home(n),
  );
  if (row === undefined) throw new Error(`home ${n} is not in the ledger of ${segment}`);
  return row;
};

interface Report {
  readonly changed: boolean;
  readonly steps: readonly { readonly step: string; readonly changed: boolean }[];
  readonly warnings: object;
}
const run = async (folder: string, lines: readonly Line[], extra = {}, month = MONTH) => {
  const inbox = join(folder, 'inbox');
  writeInbox(inbox, lines, { month, ...extra });
  return JSON.parse(
    await doudi(folder, ['run', '--month', month, '--inbox', inbox, '--json']),
  ) as Report;
};

async function hasItsMembers(folder: string): Promise<void> {
  const counts = await segments(folder, ['--month', MONTH]);
  for (const [segment, list] of Object.entries(MEMBERS)) {
    const listed = (await ledgerOf(folder, segment)).map((row) => row['household_id']);
    expect({ segment, listed: listed.sort() }).toEqual({
      segment,
      listed: numbers(list, false).map(home).sort(),
    });
    const own = counts.filter((row) => row['segment'] === segment);
    const sum = (name: string): number => own.reduce((total, row) => total + Number(row[name]), 0);
    expect([segment, sum('covered')]).toEqual([segment, numbers(list, true).length]);
    expect([segment, sum('households')]).toEqual([segment, list.split(' ').length]);
    expect(sum('covered') + sum('reasoned') + sum('apparent') + sum('unchecked')).toBe(
      sum('households'),
    );
  }
  const there = await segments(folder, ['--month', MONTH, '--county', OTHER_COUNTY]);
  expect(there.map((row) => [row['segment'], row['households'], row['members']])).toEqual([
    ['R4-2', '1', '1'],
    ['R5-1', '1', '1'],
  ]);
  expect(
    JSON.parse(await doudi(folder, ['segments', '--month', MONTH, '--segment', 'R4-1', '--json'])),
  ).toEqual([
    {
      month: MONTH,
      segment: 'R4-1',
      title: '未纳入兜底保障的剩余贫困人口',
      county: COUNTY,
      households: 5,
      members: 9,
      covered: 0,
      reasoned: 0,
      apparent: 4,
      unchecked: 1,
      missing: '',
    },
  ]);
}

async function saysWhy(folder: string): Promise<void> {
  const three = await rowOf(folder, 'R4-1', 3);
  expect(three).toMatchObject({
    county: COUNTY,
    township: `${COUNTY}001`,
    members: '5',
    children: '1',
    adults: '2',
    elderly: '1',
    age_unknown: '1',
    disabled: '1',
    ill: '1',
    income: '12000.00',
    standard: '6000.00',
    assets: '未发现',
    programmes: '无',
    standing: '数据显示，须入户核实',
    reason_code: 'income-above-standard',
    reason: '收入已达标',
  });
  expect(three['clause']).toContain('黔民发〔2020〕9号 二（一）');
  expect(await rowOf(folder, 'R4-6', 12)).toMatchObject({
    income: '6000.00',
    assets: '车辆、存款或公积金',
    reason_code: 'movable-assets',
    reason: '家庭有车辆、存款或公积金',
  });
  expect((await rowOf(folder, 'R4-5', 11))['reason_code']).toBe('income-above-standard');
  // Relocation housing is no asset, and an income at the standard is not above it.
  expect(await rowOf(folder, 'R4-3', 14)).toMatchObject({
    assets: '未发现',
    standing: '尚未核查',
    reason_code: '',
    reason: '',
    clause: '',
    lead_id: '',
  });
  expect(await rowOf(folder, 'R4-3', 5)).toMatchObject({ income: '', standing: '尚未核查' });
  expect((await rowOf(folder, 'R4-4', 7))['reason_code']).toBe('not-severe');
  expect(await rowOf(folder, 'R4-4', 10)).toMatchObject({
    standing: '尚未核查',
    programmes: '农村低保',
  });
  expect((await rowOf(folder, 'R5-2', 21))['programmes']).toBe('临时救助');
}

async function isWrittenAsWorkbook(folder: string): Promise<void> {
  await withFolder(async (out) => {
    const file = join(out, 'ledger.xlsx');
    const words = ['segments', 'ledger', '--month', MONTH, '--segment', 'R4-6'];
    await doudi(folder, [...words, '--xlsx', file]);
    const { title, rows } = await readTable(readFileSync(file));
    expect(title).toContain('不是不予纳入的决定');
    expect(rows.map((row) => [row['家庭编号'], row['家庭人口'], row['不纳入原因']])).toEqual([
      [home(12), '1', '家庭有车辆、存款或公积金'],
    ]);
  });
}

async function isTheSameTwice(folder: string): Promise<void> {
  const before = await doudi(folder, ['segments', '--month', MONTH]);
  const again = await run(folder, LINES);
  expect(again.changed).toBe(false);
  expect(again.steps.filter(({ step }) => step === 'segment')).toMatchObject([{ changed: false }]);
  expect(await doudi(folder, ['segments', '--month', MONTH])).toBe(before);
  expect(JSON.parse(await doudi(folder, ['verify', '--json']))).toMatchObject({ ok: true });
  // A corrected extract replaces the month's homes.
  await run(
    folder,
    LINES.filter((line) => line.cells['household_id'] !== home(5)),
  );
  expect((await ledgerOf(folder, 'R4-3')).map((row) => row['household_id'])).toEqual([home(14)]);
  expect(JSON.parse(await doudi(folder, ['verify', '--json']))).toMatchObject({ ok: true });
}

describe('doudi segments', () => {
  it('has the planted homes and no near-miss, says why each is not covered, and is the same twice', async () => {
    await withHome(async (folder) => {
      const report = await run(folder, LINES);
      expect(Object.keys(report.warnings).filter((name) => /^R\d/.test(name))).toEqual([]);
      await hasItsMembers(folder);
      await saysWhy(folder);
      await isWrittenAsWorkbook(folder);
      await isTheSameTwice(folder);
    });
  });

  it('puts the answer of a visit before what the figures show, until the home has a new card', async () => {
    await withHome(async (folder) => {
      await run(folder, LINES);
      const leads = parseCsv(await doudi(folder, ['leads', '--month', MONTH]));
      const lead = leads.find(
        (row) => row['household_id'] === home(3) && row['direction'] === 'need',
      );
      const answer = [
        '--outcome',
        'not_eligible',
        '--reason',
        '有稳定务工收入',
        '--clause',
        '二（一）',
      ];
      await doudi(folder, ['leads', 'close', lead?.['lead_id'] ?? '', ...answer, '--month', MONTH]);
      const recorded = {
        standing: '入户核查已登记',
        reason_code: 'not_eligible',
        reason: '有稳定务工收入',
        clause: '二（一）',
        checked_month: MONTH,
        lead_id: lead?.['lead_id'],
      };
      expect(await rowOf(folder, 'R4-1', 3)).toMatchObject(recorded);
      const [counted] = await segments(folder, ['--month', MONTH, '--segment', 'R4-1']);
      expect(counted).toMatchObject({ reasoned: '1', apparent: '3', unchecked: '1' });
      // Something new in the next month opens a card: what was found before no longer counts for it.
      const next = '2025-11';
      const both = [MONTH, next].flatMap((of) => LINES.map((line) => ({ ...line, month: of })));
      const hit = affected({ person_id: person(3), happened_on: '2025-11-02' });
      await run(folder, [...both, hit], {}, next);
      expect(await rowOf(folder, 'R4-1', 3, next)).toMatchObject({
        standing: '数据显示，须入户核实',
        lead_id: '',
      });
      expect(await rowOf(folder, 'R4-1', 3)).toMatchObject(recorded);
      await publishHome(folder);
      const published = openPublished(openHome(folder));
      expect(
        await published.rows(
          'SELECT month, households::INTEGER AS households, persons::INTEGER AS persons, covered::INTEGER AS covered, reasoned::INTEGER AS reasoned FROM segment_month WHERE segment = $segment ORDER BY month',
          { segment: 'R4-1' },
        ),
      ).toEqual([
        { month: MONTH, households: 5, persons: 9, covered: 0, reasoned: 1 },
        { month: next, households: 5, persons: 9, covered: 0, reasoned: 0 },
      ]);
      published.close();
    });
  });

  it('does not say no where an extract is missing', async () => {
    await withHome(async (folder) => {
      const without = [
        `rural-revitalization/monitored/${MONTH}`,
        `cross-check/facts/${MONTH}`,
        `medical-insurance/settlements/${MONTH}`,
      ];
      await run(folder, [aided(7), holds(7, { grade: 3 }), refused(15, '2025-05-01')], { without });
      const counts = await segments(folder, ['--month', MONTH, '--county', COUNTY]);
      const missing = counts.filter((row) => row['missing'] !== '');
      expect(missing.map((row) => [row['segment'], row['households']])).toEqual(
        ['R4-1', 'R4-2', 'R4-3', 'R4-5', 'R4-6', 'R5-1', 'R5-3'].map((id) => [id, '']),
      );
      expect(missing[0]?.['missing']).toContain(`rural-revitalization/monitored ${MONTH}`);
      expect(await rowOf(folder, 'R4-4', 7)).toMatchObject({
        assets: '未核对',
        ill: '',
        disabled: '1',
      });
    });
  });

  it('names what it does not know', async () => {
    await withHome(async (folder) => {
      const month = ['--month', MONTH];
      await expect(doudi(folder, ['segments', ...month])).rejects.toMatchObject({
        code: 'not-run',
      });
      for (const words of [
        ['segments', ...month, '--segment', 'R9-9'],
        ['segments', ...month, '--county', '999999'],
        ['segments', 'ledger', ...month],
        ['segments', 'open', ...month],
      ])
        await expect(doudi(folder, words)).rejects.toMatchObject({ code: 'usage' });
    });
  });
});
