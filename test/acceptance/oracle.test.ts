/**
 * An independent reading of the contract agrees: the oracle of test/support/oracle evaluates every rule row by row in
 * plain TypeScript, sharing no code with the engine. The engine uses two threads here, as it would on two cores.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMonths, monthFromIndex, monthIndex, type Month } from '../../core/month.ts';
import { oracle } from '../support/oracle/index.ts';
import { FEW } from '../support/few-counties.ts';
import { writeRandomProvince } from '../support/random-province.ts';
import { doudi, parseCsv, PCDI, STANDARD, withHome } from '../support/doudi.ts';

const threads = process.env['DOUDI_THREADS'];
beforeAll(() => {
  process.env['DOUDI_THREADS'] = '2';
});
afterAll(() => {
  process.env['DOUDI_THREADS'] = threads;
});

const COUNTIES = ['520102', '520103', '520201', '522301'];

function parameters(): Parameters<typeof oracle>[0]['parameters'] {
  const base = {
    region: '520000',
    from: '2023-01-01',
    to: null,
    unit: 'yuan/year',
    doc: 'trial',
    clause: '-',
  };
  return [
    { name: 'dibao-standard', where: { residence: 'rural' }, value: STANDARD.rural, ...base },
    { name: 'dibao-standard', where: { residence: 'urban' }, value: STANDARD.urban, ...base },
    { name: 'disposable-income', value: PCDI, ...base },
  ];
}

interface Case {
  readonly seed: number;
  readonly months: readonly string[];
  readonly missing?: string[];
  readonly manifests?: boolean;
}

const CASES: readonly Case[] = [
  { seed: 1, months: ['2025-04', '2025-08', '2025-09', '2025-10'] },
  { seed: 2, months: ['2025-06', '2025-10', '2025-11', '2025-12'] },
  { seed: 3, months: ['2025-12', '2026-01'] },
  { seed: 4, months: ['2023-08', '2024-01', '2024-02'] },
  { seed: 5, months: ['2025-04', '2025-09', '2025-10'], manifests: true },
  {
    seed: 6,
    months: ['2025-04', '2025-09', '2025-10'],
    missing: ['civil-affairs/members/2025-10', 'medical-insurance/settlements/2025-10'],
  },
  {
    seed: 7,
    months: ['2025-04', '2025-09', '2025-10'],
    missing: ['rural-revitalization/monitored/2025-10', 'disabled-federation/certificates/2025-09'],
  },
];

/** More seeds for a long suite: DOUDI_SEEDS=50. Every month of three years, leap days and year ends among them. */
const MORE: readonly Case[] = Array.from(
  { length: Number(process.env['DOUDI_SEEDS'] ?? 0) },
  (_, i) => {
    const last = monthFromIndex(monthIndex('2023-10' as Month) + ((i * 5) % 36));
    const months = [addMonths(last, -6), addMonths(last, -1), last];
    return { seed: 100 + i, months, manifests: i % 3 === 0 };
  },
);

describe('doudi warnings equals the oracle', () => {
  it.each([...CASES, ...MORE])(
    'on the random province of seed $seed, $months',
    async ({ seed, months, missing, manifests }) => {
      await withHome(async (home) => {
        const inbox = join(home, 'inbox');
        writeRandomProvince({
          dir: inbox,
          seed,
          homes: 300,
          months: [...months],
          counties: COUNTIES,
          standard: STANDARD,
          pcdi: PCDI,
          ...(missing === undefined ? {} : { missing }),
          ...(manifests === undefined ? {} : { manifests }),
        });
        const month = months.at(-1) ?? '';
        const report = JSON.parse(
          await doudi(home, ['run', '--month', month, '--inbox', inbox, '--json']),
        ) as {
          files: { outcome: string }[];
          not_evaluated: { rule: string; county: string; missing: string }[];
        };
        expect(report.files.filter(({ outcome }) => outcome !== 'loaded')).toEqual([]);
        const key = (w: Record<string, string>): string =>
          [w['rule'], w['subject'], w['person_id'], w['household_id'], w['county']].join(' ');
        const found = parseCsv(await doudi(home, ['warnings', '--month', month]))
          .map(key)
          .sort();
        const expected = oracle({
          inbox,
          month,
          province: '520000',
          parameters: parameters(),
          counties: FEW,
        });
        expect(found).toEqual(expected.warnings.map((w) => key({ ...w })).sort());
        expect(found.length).toBeGreaterThan(300);
        const due = (w: Record<string, string>): string => `${key(w)} ${w['due']}`;
        // Clauses that end concern nobody: the rest of the watch is the oracle's.
        const ahead = parseCsv(await doudi(home, ['watch', '--month', month]))
          .filter(({ subject }) => subject !== 'clause')
          .map(due);
        expect(ahead.sort()).toEqual(expected.ahead.map((w) => due({ ...w })).sort());
        // Without the monitored only grace is looked ahead of.
        expect(ahead.length).toBeGreaterThan(10);
        const gap = (g: { rule: string; county: string; missing: string }): string =>
          `${g.rule} ${g.county} ${g.missing}`;
        expect(report.not_evaluated.map(gap).sort()).toEqual(expected.notEvaluated.map(gap).sort());
      });
    },
  );
});
