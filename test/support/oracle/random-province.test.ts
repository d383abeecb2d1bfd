import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRandomProvince, type RandomProvinceOptions } from '../random-province.ts';
import { parseCsv } from './csv.ts';
import { DATASET_NAMES, type DatasetName } from './datasets.ts';
import { oracle, RULE_NAMES, WATCH_NAMES, type Parameter } from './index.ts';
import { readFile } from './reading.ts';

const PROVINCE = '520000';
const COUNTIES = ['520102', '520103', '520302'];
const STANDARD = { rural: 6000, urban: 9001 };
const MONTHS = ['2025-04', '2025-09', '2025-10'];

const PARAMETERS: readonly Parameter[] = [
  { name: 'dibao-standard', where: { residence: 'rural' }, value: STANDARD.rural },
  { name: 'dibao-standard', where: { residence: 'urban' }, value: STANDARD.urban },
  { name: 'disposable-income', value: 14000 },
].map((parameter) => ({ ...parameter, region: PROVINCE, from: '2023-01-01', to: null }));

let root: string;
let inboxes = 0;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'province-'));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

function province(options: Partial<RandomProvinceOptions>): string {
  const dir = join(root, String(inboxes));
  inboxes += 1;
  writeRandomProvince({
    dir,
    seed: 1,
    homes: 300,
    months: MONTHS,
    counties: COUNTIES,
    standard: STANDARD,
    pcdi: 14000,
    ...options,
  });
  return dir;
}

const at = (inbox: string, month: string) =>
  oracle({ inbox, month, province: PROVINCE, parameters: PARAMETERS, counties: COUNTIES });

const text = (inbox: string, dataset: DatasetName, month: string): string =>
  readFileSync(join(inbox, dataset, `${month}.csv`), 'utf8');

describe('a random province', () => {
  it('is the same for the same seed and another for another', () => {
    const [one, same, other] = [province({}), province({}), province({ seed: 2 })];
    for (const dataset of DATASET_NAMES) {
      for (const month of MONTHS) {
        expect(text(same, dataset, month)).toBe(text(one, dataset, month));
        expect(text(other, dataset, month)).not.toBe(text(one, dataset, month));
      }
    }
  });

  it('has no bad row', () => {
    const inbox = province({ seed: 3 });
    for (const dataset of DATASET_NAMES) {
      for (const month of MONTHS) {
        const written = parseCsv(text(inbox, dataset, month)).length - 1;
        expect(readFile(inbox, dataset, month, PROVINCE)).toHaveLength(written);
        expect(written).toBeGreaterThan(0);
      }
    }
  });

  it('makes every rule hold for somebody', () => {
    for (const seed of [1, 2, 3]) {
      const { warnings, ahead, notEvaluated } = at(province({ seed }), '2025-10');
      expect(notEvaluated).toEqual([]);
      expect([...new Set(warnings.map(({ rule }) => rule))].sort()).toEqual([...RULE_NAMES].sort());
      expect([...new Set(ahead.map(({ rule }) => rule))].sort()).toEqual([...WATCH_NAMES].sort());
    }
  });

  it('leaves out what it is told to', () => {
    const inbox = province({ homes: 20, missing: ['emergency/affected/2025-10'] });
    expect(existsSync(join(inbox, 'emergency/affected/2025-09.csv'))).toBe(true);
    expect(at(inbox, '2025-10').notEvaluated).toEqual(
      COUNTIES.map((county) => ({
        rule: 'DSR-01',
        county,
        missing: 'emergency/affected 2025-10',
      })),
    );
  });

  it('lists in each month all counties but one, for one dataset', () => {
    const inbox = province({ homes: 60, manifests: true });
    for (const month of MONTHS) {
      const lacking = DATASET_NAMES.filter((dataset) => {
        const path = join(inbox, dataset, `${month}.manifest.json`);
        const { counties } = JSON.parse(readFileSync(path, 'utf8')) as { counties: string[] };
        const rows = readFile(inbox, dataset, month, PROVINCE) ?? [];
        expect(rows.every((row) => counties.includes(row.text('county')))).toBe(true);
        return counties.length < COUNTIES.length;
      });
      expect(lacking).toHaveLength(1);
    }
  });
});
