/** The priority score: the SQL against the arithmetic by hand, the weights of a locality, and the words beside it. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../store/database.ts';
import { migrate } from '../../store/migrate.ts';
import { literal } from '../../store/sql.ts';
import { monthIndex, type Month } from '../../core/month.ts';
import {
  SCORE_SHOWN,
  scoredLeads,
  scoreInWords,
  type Score,
  type ScoreWeights,
} from '../../cases/lead/score.ts';
import { scoreWeights } from '../../cases/lead/score-weights.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { divisionsOf } from '../../core/region.ts';
import { withFolder } from '../support/doudi.ts';

const MONTH = '2025-10' as Month;
const COUNTIES = ['520102', '520103'] as const;
const WEIGHTS: readonly ScoreWeights[] = COUNTIES.map((county, n) => ({
  county,
  severity: [4, 3, 2, 1],
  family: n === 0 ? 0.5 : 1,
  month: n === 0 ? 0.1 : 0.25,
  monthsMost: 6,
  outcomeMonths: n === 0 ? 12 : 3,
  priorCases: 10,
  priorShare: 0.5,
}));

const RULES = ['ILL-01', 'ILL-02', 'DIS-01', 'X-DTH', 'EDU-02'] as const;
const MONTHS = ['2024-09', '2025-02', '2025-07', '2025-08', '2025-10'] as const;

interface Lead {
  readonly county: (typeof COUNTIES)[number];
  readonly opened: (typeof MONTHS)[number];
  readonly rules: readonly (typeof RULES)[number][];
  readonly priorities: readonly number[];
  readonly outcome: { readonly kind: string; readonly month: (typeof MONTHS)[number] } | null;
}

const lead: fc.Arbitrary<Lead> = fc.record({
  county: fc.constantFrom(...COUNTIES),
  opened: fc.constantFrom(...MONTHS),
  rules: fc.subarray([...RULES], { minLength: 1 }),
  priorities: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 5 }),
  outcome: fc.option(
    fc.record({
      kind: fc.constantFrom('assisted', 'not_eligible', 'unfounded'),
      month: fc.constantFrom(...MONTHS),
    }),
    { freq: 3 },
  ),
});

const between = (from: string, to: string): number =>
  monthIndex(to as Month) - monthIndex(from as Month);

/** By hand, as cases/lead/score.ts says it. */
function reference(one: Lead, all: readonly Lead[]): number {
  const weights = WEIGHTS.find(({ county }) => county === one.county);
  if (weights === undefined) throw new Error(one.county);
  const right = (rule: string): number => {
    const judged = all.filter(
      ({ rules, outcome }) =>
        outcome !== null &&
        rules.some((own) => own === rule) &&
        between(outcome.month, MONTH) < weights.outcomeMonths,
    );
    const confirmed = judged.filter(({ outcome }) => outcome?.kind === 'assisted').length;
    return (
      (confirmed + weights.priorCases * weights.priorShare) / (judged.length + weights.priorCases)
    );
  };
  const priority = Math.min(...one.rules.map((_, n) => one.priorities[n] ?? 4));
  const families = new Set(one.rules.map((rule) => rule.slice(0, rule.lastIndexOf('-')))).size;
  const months = Math.min(between(one.opened, MONTH) + 1, weights.monthsMost);
  return (
    (weights.severity[priority - 1] ?? 0) *
    (1 + weights.family * (families - 1)) *
    (1 + weights.month * (months - 1)) *
    Math.max(...one.rules.map(right))
  );
}

const idOf = (n: number): string => `L${String(n).padStart(24, '0')}`;
const uuid = (n: number): string =>
  `'00000000-0000-0000-0000-${String(n).padStart(12, '0')}'::UUID`;

function inserts(leads: readonly Lead[]): string {
  const rows = leads.map(
    ({ county, opened }, n) =>
      `(${literal(idOf(n))}, 'need', ${uuid(n)}, NULL, ${literal(county)}, NULL, ${literal(opened)}, ${n})`,
  );
  const events = leads.flatMap(({ rules, priorities, opened }, n) =>
    rules.map(
      (rule, k) =>
        `(${literal(idOf(n))}, ${literal(opened)}, ${literal(rule)}, NULL, ${priorities[k] ?? 4}, NULL, 'attached', ${n})`,
    ),
  );
  const outcomes = leads.flatMap(({ outcome }, n) =>
    outcome === null
      ? []
      : [
          `(${literal(idOf(n))}, ${literal(outcome.month)}, ${literal(outcome.kind)}, 'r', 'c', 'x', ${n + 1}, '')`,
        ],
  );
  return [
    'DELETE FROM lead; DELETE FROM lead_event; DELETE FROM lead_answer',
    `INSERT INTO lead VALUES ${rows.join(', ')}`,
    `INSERT INTO lead_event VALUES ${events.join(', ')}`,
    ...(outcomes.length === 0 ? [] : [`INSERT INTO lead_answer VALUES ${outcomes.join(', ')}`]),
  ].join('; ');
}

describe('the score', () => {
  it('is severity × families × months × how often the rule was right, for open leads only', async () => {
    await withFolder(async (folder) => {
      const database = await openDatabase(join(folder, 'score.duckdb'), {});
      await migrate(database);
      await database.run(`SET VARIABLE month = ${literal(MONTH)}`);
      await fc.assert(
        fc.asyncProperty(fc.array(lead, { minLength: 1, maxLength: 12 }), async (leads) => {
          await database.run(inserts(leads));
          const rows = await database.rows<Score & { lead_id: string; status: string }>(
            `SELECT lead_id, status, ${SCORE_SHOWN} FROM (${scoredLeads(WEIGHTS)})`,
          );
          const found = new Map(rows.map((row) => [row.lead_id, row]));
          leads.forEach((one, n) => {
            const row = found.get(idOf(n));
            if (one.outcome !== null) {
              expect(row?.score ?? null).toBeNull();
              return;
            }
            expect(row?.score).toBeCloseTo(reference(one, leads), 1);
            const words = row === undefined ? null : scoreInWords(row, 'zh');
            const [result, ...factors] = (words ?? '')
              .replace(/（[^）]*）/g, '')
              .match(/\d+(\.\d+)?/g) ?? [''];
            // What stands in the sentence multiplies to what stands before it, but for rounding.
            const product = factors.reduce((value, text) => value * Number(text), 1);
            expect(Math.abs(product - Number(result))).toBeLessThan(0.02 * Number(result) + 0.02);
          });
        }),
        { numRuns: Number(process.env['DOUDI_RUNS'] ?? 40), seed: 5 },
      );
      database.close();
    });
  });

  it('has weights in every county, which a locality may set otherwise', async () => {
    const rules = await openRuleBook({
      parameters: [
        {
          name: 'score-family-weight',
          region: '520100',
          from: '2025-01-01',
          to: null,
          value: 1,
          unit: 'share',
          doc: 'trial',
          clause: '-',
        },
      ],
      trial: [],
    });
    const divisions = divisionsOf('520000');
    const [guiyang, zunyi] = scoreWeights({ rules, divisions }, MONTH, ['520102', '520302']);
    expect(guiyang).toMatchObject({ severity: [4, 3, 2, 1], family: 1, monthsMost: 12 });
    expect(zunyi?.family).toBe(0.5);
  });
});
