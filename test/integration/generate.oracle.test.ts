/**
 * The planted cases against the plain oracle: every one is found, no near-miss is, and the rest of the province
 * is calm. Three seeds, so that no draw decides.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withScratch } from '../../store/database.ts';
import { generateProvince } from '../../synthetic/generate.ts';
import type { RuleFigures } from '../../synthetic/options.ts';
import { oracle, type OracleWarning, type Parameter } from '../support/oracle/index.ts';

const MONTHS = ['2025-10', '2025-11', '2025-12', '2026-01'];
const COUNTIES = [
  { code: '520102', townships: ['520102001', '520102002'] },
  { code: '520103', townships: ['520103001'] },
  { code: '520222', townships: ['520222101', '520222102', '520222103'] },
];
const STANDARD = { rural: 6000, urban: null, disposableIncome: 14_000 };
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
const trial = (name: string, value: number, where: Record<string, string> = {}): Parameter => ({
  name,
  where,
  region: '520000',
  from: '2023-01-01',
  to: null,
  value,
});
const PARAMETERS = [
  trial('dibao-standard', STANDARD.rural, { residence: 'rural' }),
  trial('disposable-income', STANDARD.disposableIncome),
];

/** month, rule and the person or the home: what a case is known by. */
type Key = string;
const keyOf = (warning: OracleWarning): Key =>
  [
    warning.month,
    warning.rule,
    warning.subject,
    warning.subject === 'person' ? warning.person_id : warning.household_id,
    warning.county,
  ].join(' ');

async function cases(path: string): Promise<OracleWarning[]> {
  const [header = '', ...lines] = (await readFile(path, 'utf8')).trim().split('\n');
  const names = header.split(',');
  return lines.map(
    (line) =>
      Object.fromEntries(
        line.split(',').map((cell, index) => [names[index] ?? '', cell]),
      ) as unknown as OracleWarning,
  );
}

describe.each([1, 7, 20_261])('a province of seed %i', (seed) => {
  let out = '';
  let fired: OracleWarning[] = [];
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'doudi-generate-'));
    await withScratch({}, (sql) =>
      generateProvince({
        sql,
        out,
        persons: 6000,
        months: MONTHS,
        seed,
        counties: COUNTIES,
        standards: STANDARD,
        figures: FIGURES,
      }),
    );
    fired = MONTHS.flatMap(
      (month) =>
        oracle({
          inbox: out,
          month,
          province: '520000',
          parameters: PARAMETERS,
          counties: COUNTIES.map(({ code }) => code),
        }).warnings,
    );
  });
  afterAll(() => rm(out, { recursive: true, force: true }));

  it('fires for every planted case, in the county it was planted in', async () => {
    const found = new Set(fired.map(keyOf));
    const missed = (await cases(join(out, 'truth.csv'))).filter((each) => !found.has(keyOf(each)));
    expect(missed).toEqual([]);
  });

  it('carries the household that truth.csv names', async () => {
    const homes = new Map(fired.map((warning) => [keyOf(warning), warning.household_id]));
    const truth = await cases(join(out, 'truth.csv'));
    expect(truth.filter((each) => homes.get(keyOf(each)) !== each.household_id)).toEqual([]);
  });

  it('fires for no near-miss', async () => {
    const found = new Set(fired.map(keyOf));
    const wrong = (await cases(join(out, 'near-misses.csv'))).filter((each) =>
      found.has(keyOf(each)),
    );
    expect(wrong).toEqual([]);
  });
});
