/** `generateProvince`: the same options give the same bytes, and every rule has its planted cases. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withScratch } from '../../store/database.ts';
import { generateProvince, type GenerateSummary } from '../../synthetic/generate.ts';
import type { RuleFigures } from '../../synthetic/options.ts';

const MONTHS = ['2025-07', '2025-08', '2025-09', '2025-10'];
const RULES =
  'ILL-01 ILL-02 ILL-03 ILL-04 ILL-05 DIS-01 DIS-02 DIS-03 DIS-05 DIS-06 EDU-01 EDU-02 EDU-03 EDU-04 ' +
  'EMP-01 EMP-03 EXP-01 EXP-02 DSR-01 INC-01 INC-02 FAM-01 FAM-05 FAM-06 MAR-01 ' +
  'X-DTH X-FIN X-PEN X-BIZ X-HSE X-AST X-DUP X-GRC X-REV ' +
  'DIS-04 EDU-05 EMP-02 INC-03 FAM-03 FAM-04 MOV-01 LST-02';
const COUNTIES = ['520102', '520222', '522301'].map((code) => ({
  code,
  townships: Array.from({ length: 12 }, (_, index) => `${code}${index + 101}`),
}));
const FIGURES: RuleFigures = {
  inpatientSelfPaidLowIncome: 5000,
  inpatientSelfPaidOther: 20_000,
  outpatientMonth: 500,
  marginalMultiple: 1.5,
  schoolOutOfPocket: 10_000,
  monthsWithoutIncome: 3,
  rigidShare: 0.6,
  graceMonths: { state_employment: 3, flexible_employment: 6, other: 6 },
  graceNoticeDays: 30,
  reviewIntervalMonths: 12,
  adultAge: 18,
  elderlyAge: 60,
  contributionsStoppedMonths: 3,
  monitoringLine: 7500,
  workingAgeEnd: 60,
  compulsoryFrom: 6,
  compulsoryTo: 15,
  directRecognitionUntil: '2025-12-31',
  watchMonths: 12,
};

interface Wish {
  persons?: number;
  months?: readonly string[];
  seed?: number;
  threads?: number;
}

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function generate(
  wish: Wish,
): Promise<{ out: string; summary: GenerateSummary; steps: string[] }> {
  const out = await mkdtemp(join(tmpdir(), 'doudi-generate-'));
  folders.push(out);
  const steps: string[] = [];
  const summary = await withScratch({ threads: wish.threads ?? 2 }, (sql) =>
    generateProvince({
      sql,
      out,
      persons: wish.persons ?? 20_000,
      months: wish.months ?? MONTHS,
      seed: wish.seed ?? 1,
      counties: COUNTIES,
      standards: { rural: 6000, urban: null, disposableIncome: 14_000 },
      figures: FIGURES,
      onProgress: ({ done, total, file }) => steps.push(`${done}/${total} ${file}`),
    }),
  );
  return { out, summary, steps };
}

/** Digest of every file below the folder, by its path. */
async function digests(out: string): Promise<Record<string, string>> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const pairs = await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const digest = createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
      return [path.slice(out.length + 1), digest] as const;
    }),
  );
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function table(path: string): Promise<{ names: string[]; rows: string[][] }> {
  const [header = '', ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return { names: header.split(','), rows: lines.map((line) => line.split(',')) };
}

async function column(path: string, name: string): Promise<string[]> {
  const { names, rows } = await table(path);
  return rows.map((row) => row[names.indexOf(name)] ?? '');
}

describe('a generated province', () => {
  it('is the same byte for byte with one thread and with two', async () => {
    // Large enough for several blocks of rows: smaller tables are scanned by one thread anyway.
    const wish = { persons: 400_000, months: MONTHS.slice(0, 1) };
    const one = await generate({ ...wish, threads: 1 });
    const two = await generate({ ...wish, threads: 2 });
    const again = await generate({ ...wish, threads: 2 });
    const expected = await digests(one.out);
    expect(Object.keys(expected)).toHaveLength(13);
    expect(await digests(two.out)).toEqual(expected);
    expect(await digests(again.out)).toEqual(expected);
  });

  it('is another one with another seed', async () => {
    const one = await digests((await generate({ seed: 1, months: ['2025-07'] })).out);
    const two = await digests((await generate({ seed: 2, months: ['2025-07'] })).out);
    expect(Object.keys(two)).toEqual(Object.keys(one));
    expect(Object.entries(two).filter(([file, digest]) => one[file] === digest)).toEqual([]);
  });

  it('keeps the files of earlier months when more months are asked for', async () => {
    const short = await digests((await generate({ months: MONTHS.slice(0, 2) })).out);
    const long = await digests((await generate({ months: MONTHS })).out);
    const months = Object.entries(short).filter(([file]) => file.includes('/'));
    expect(months).toHaveLength(22);
    for (const [file, digest] of months) expect([file, long[file]]).toEqual([file, digest]);
  });

  it('is written in a few seconds and reports each file', async () => {
    const started = performance.now();
    const { summary, steps } = await generate({});
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(steps).toHaveLength(4 * 11 + 2);
    expect(steps[0]).toBe('1/46 civil-affairs/assistance/2025-07.csv');
    expect(steps.at(-1)).toBe('46/46 near-misses.csv');
    expect(summary.files.every(({ rows }) => rows > 0)).toBe(true);
    expect(summary.background).toBeGreaterThan(18_000);
  });
});

describe('the planted cases', () => {
  it.each(['truth.csv', 'near-misses.csv'])('%s names every rule', async (file) => {
    const { out } = await generate({});
    const { names, rows } = await table(join(out, file));
    expect(names.join()).toBe('month,rule,subject,person_id,household_id,county');
    const counts = new Map<string, number>();
    for (const [month = '', rule = '', subject, person, household] of rows) {
      expect(MONTHS).toContain(month);
      expect(subject === 'person' ? person : household).toMatch(/^[0-9a-f]{32}$/);
      if (subject === 'household') expect(person).toBe('');
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(RULES.split(' ').sort());
    for (const [rule, count] of counts) expect([rule, count >= 4]).toEqual([rule, true]);
  });

  it('grow with the population and keep to one month each', async () => {
    const small = await generate({ months: ['2025-08'] });
    const large = await generate({ months: ['2025-08'], persons: 500_000 });
    expect(large.summary.planted).toBeGreaterThan(2 * small.summary.planted);
    const persons = (await column(join(large.out, 'truth.csv'), 'person_id')).filter(Boolean);
    expect(new Set(persons).size).toBe(persons.length);
  });

  it('make no direct recognition after the clause has ended', async () => {
    const { out } = await generate({ months: ['2025-12', '2026-01'] });
    const truth = await table(join(out, 'truth.csv'));
    const recognised = truth.rows.filter(([, rule]) => rule === 'MAR-01');
    expect(new Set(recognised.map(([month]) => month))).toEqual(new Set(['2025-12']));
  });

  it('compare with the month before only where there is one', async () => {
    const { out } = await generate({});
    const { rows } = await table(join(out, 'truth.csv'));
    const months = rows.filter(([, rule]) => rule === 'DIS-03').map(([month]) => month);
    expect([...new Set(months)].sort()).toEqual(MONTHS.slice(1));
  });
});

describe('the files', () => {
  it('hold each person once, and only ids and figures', async () => {
    const { out } = await generate({});
    const members = await column(join(out, 'civil-affairs/members/2025-08.csv'), 'person_id');
    expect(new Set(members).size).toBe(members.length);
    const bills = await column(join(out, 'medical-insurance/settlements/2025-08.csv'), 'bill_id');
    const planted = bills.filter((bill) => bill.startsWith('P'));
    const background = bills.filter((bill) => bill.startsWith('B'));
    expect(planted.length + background.length).toBe(bills.length);
    expect(new Set(background).size).toBe(background.length);
    const entries = await readdir(out, { recursive: true });
    for (const file of entries.filter((entry) => entry.endsWith('2025-08.csv'))) {
      const { names, rows } = await table(join(out, file));
      for (const row of rows) {
        row.forEach((cell, index) => {
          if (['person_id', 'household_id', 'supporter_of'].includes(names[index] ?? '')) {
            if (cell !== '') expect(cell).toMatch(/^[0-9a-f]{32}$/);
          } else if (/(?<!\d)1[3-9]\d{9}(?!\d)|62\d{14,17}|\d{17}[\dXx]/.test(cell)) {
            throw new Error(
              `${file}: a cell of ${names[index] ?? ''} looks like a number of a person`,
            );
          }
        });
      }
    }
  });

  it('date nothing later than the end of their month', async () => {
    const { out } = await generate({});
    const dated = [
      ['medical-insurance/settlements', 'settled_on'],
      ['cross-check/facts', 'since'],
      ['emergency/affected', 'happened_on'],
      ['civil-affairs/assistance', 'status_date'],
    ] as const;
    for (const [dataset, name] of dated) {
      for (const month of MONTHS) {
        const dates = await column(join(out, dataset, `${month}.csv`), name);
        expect(dates.filter((date) => date.slice(0, 7) > month)).toEqual([]);
      }
    }
  });
});
