/** Segments and reasons: their examples hold, and the engine's pass over random homes agrees with the interpreter. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_SQL, type Field, type FieldType } from '../../core/field.ts';
import { lastDay, type Month } from '../../core/month.ts';
import type { Parameter } from '../../core/parameter.ts';
import { divisionsOf } from '../../core/region.ts';
import { withScratch } from '../../store/database.ts';
import { identifier, literal } from '../../store/sql.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { fieldsOf } from '../../warnings/fields.ts';
import { evaluate, type Situation } from '../../warnings/interpret.ts';
import { lookUpCase } from '../../warnings/parameters.ts';
import { rulesInForce } from '../../warnings/rule-book.ts';
import type { Literal } from '../../warnings/schema.ts';
import { failingMembers } from '../../warnings/self-test.ts';
import { evaluateSegments } from '../../warnings/segments.ts';
import type { UncoveredReason, Segment } from '../../warnings/segment-schema.ts';

const MONTH = '2025-10' as Month;
const COUNTY = '520102';

const standard = (residence: string, value: number): Parameter => ({
  name: 'dibao-standard',
  where: { residence },
  region: '520000',
  from: '2023-01-01',
  to: null,
  value,
  unit: 'yuan/year',
  doc: 'trial',
  clause: '1',
});
const book = await openRuleBook({
  parameters: [standard('rural', 6000), standard('urban', 9001)],
  trial: [],
});
const divisions = divisionsOf('520000');
const { fields } = book.vocabulary;
const ofHome = fieldsOf(fields, 'household');

/** Values at and beside the thresholds, so that boundaries are met often. */
const VALUES: Readonly<Record<FieldType, fc.Arbitrary<Literal>>> = {
  boolean: fc.boolean(),
  integer: fc.integer({ min: 0, max: 3 }),
  money: fc.constantFrom(
    '5999.99',
    '6000',
    '6000.01',
    '7499.99',
    '7500',
    '7500.01',
    '9001',
    '9001.01',
  ),
  date: fc.constantFrom('2024-10-31', '2024-11-01', '2025-10-31'),
  text: fc.constantFrom('urban', 'rural'),
};
const valueOf = ({ type }: Field): fc.Arbitrary<Literal | null> =>
  // Yes/no fields are never unknown once their extracts are there.
  type === 'boolean' ? VALUES.boolean : fc.option(VALUES[type], { freq: 4 });

// What is on trial or not in force moves nothing else: HSG-01 counts for nobody.
const COUNTED = new Set(
  rulesInForce(book)
    .filter(({ maturity }) => maturity === 'production')
    .map(({ id: rule }) => rule),
);
const RULES = ['ILL-01', 'DIS-06', 'HSG-01', 'INC-01', 'FAM-01'];
const randomHome = fc.record({
  row: fc.record(Object.fromEntries(ofHome.map((field) => [field.name, valueOf(field)]))),
  holding: fc.subarray(RULES),
});
type RandomHome = typeof randomHome extends fc.Arbitrary<infer T> ? T : never;

const id = (n: number): string => n.toString(16).padStart(32, '0');
const cell = (value: Literal | null | undefined, type: string): string =>
  `CAST(${value === null || value === undefined ? 'NULL' : literal(String(value))} AS ${type})`;

function situationOf({ row, holding }: RandomHome): Situation {
  return {
    ...book.vocabulary,
    month: MONTH,
    field: (name) => row[name] ?? null,
    parameter: (name) =>
      lookUpCase(book.parameters, divisions, name, COUNTY, lastDay(MONTH))?.value ?? null,
    holding: new Set(holding.filter((rule) => COUNTED.has(rule))),
  };
}

/** `home segment covered reasons` as the interpreter sees it. */
function expected(homes: readonly RandomHome[]): string[] {
  return homes
    .flatMap((home, n) => {
      const situation = situationOf(home);
      return book.segments
        .filter(({ when }) => evaluate(when, situation) === true)
        .map((segment) => {
          const covered =
            segment.covered !== undefined && evaluate(segment.covered, situation) === true;
          const reasons = book.reasons
            .filter(({ of, when }) => of.includes(segment.id) && evaluate(when, situation) === true)
            .map((reason) => reason.id);
          return `${id(n)} ${segment.id} ${covered} ${covered ? '' : reasons.join(',')}`;
        });
    })
    .sort();
}

describe('segments and the reasons of their ledger', () => {
  const judged: readonly (Segment | UncoveredReason)[] = [...book.segments, ...book.reasons];

  it('are the six groups, the three watches, and what the ledger may say', () => {
    expect(book.segments.map((segment) => segment.id)).toEqual([
      'R4-1',
      'R4-2',
      'R4-3',
      'R4-4',
      'R4-5',
      'R4-6',
      'R5-1',
      'R5-2',
      'R5-3',
    ]);
    const explained = new Set(book.reasons.flatMap(({ of }) => of));
    expect(book.segments.filter((segment) => !explained.has(segment.id))).toEqual([]);
  });

  it.each(judged.map((one) => [one.id, one] as const))(
    '%s: examples that hold, that do not, and with missing data',
    (_id, one) => {
      expect(failingMembers(one, book.vocabulary)).toEqual([]);
      expect(new Set(one.examples.map(({ holds }) => holds)).size).toBe(2);
    },
  );

  it('come out of the engine as out of the interpreter', async () => {
    await withScratch({ threads: 1 }, async (sql) => {
      await sql.run(`SET VARIABLE month_end = DATE ${literal(lastDay(MONTH))}`);
      await fc.assert(
        fc.asyncProperty(fc.array(randomHome, { minLength: 12, maxLength: 12 }), async (homes) => {
          const rows = homes.map(({ row }, n) => {
            const cells = ofHome.map(
              ({ name, type }) => `${cell(row[name], FIELD_SQL[type])} AS ${identifier(name)}`,
            );
            return `SELECT ${cell(id(n), 'UUID')} AS household_id, '${COUNTY}' AS county, '${COUNTY}001' AS township, ${cells.join(', ')}`;
          });
          const hits = homes.flatMap(({ holding }, n) =>
            holding.map((rule) => `(${literal(rule)}, NULL::UUID, ${cell(id(n), 'UUID')})`),
          );
          await sql.run(`CREATE OR REPLACE TEMP TABLE homes AS ${rows.join(' UNION ALL ')};
            CREATE OR REPLACE TEMP TABLE persons AS SELECT household_id, county AS parameter_county, 30 AS "person.age",
              false AS "disability.certificate", false AS "medical.major_illness" FROM homes;
            CREATE OR REPLACE TEMP TABLE hits (rule VARCHAR, person_id UUID, household_id UUID);
            CREATE OR REPLACE TEMP TABLE roster (person_id UUID, household_id UUID)`);
          if (hits.length > 0) await sql.run(`INSERT INTO hits VALUES ${hits.join(', ')}`);
          await evaluateSegments({
            sql,
            month: MONTH,
            rules: rulesInForce(book),
            segments: book.segments,
            reasons: book.reasons,
            fields,
            parameters: book.parameters,
            divisions,
            notEvaluated: [],
            persons: 'persons',
            homes: 'homes',
            roster: 'roster',
            hits: 'hits',
            covers: () => true,
          });
          const found = await sql.rows<{ said: string }>(
            `SELECT replace(household_id::VARCHAR, '-', '') || ' ' || segment || ' ' || covered || ' ' || array_to_string(apparent, ',') AS said
             FROM segmented ORDER BY said`,
          );
          expect(found.map(({ said }) => said)).toEqual(expected(homes));
        }),
        { numRuns: Number(process.env['DOUDI_RUNS'] ?? 40), seed: 11 },
      );
    });
  });
});
