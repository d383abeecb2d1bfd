/** Two answers must agree: compiled SQL and the plain interpreter, over random conditions, rows and parameters. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadFields } from '../../pipelines/fields/index.ts';
import { FIELD_SQL, type FieldType } from '../../core/field.ts';
import { lastDay, type Month } from '../../core/month.ts';
import { withScratch } from '../../store/database.ts';
import { identifier, literal, textList } from '../../store/sql.ts';
import { compileCondition, PARAMETER_SQL } from '../../warnings/compile.ts';
import type { ParameterType } from '../../core/parameter.ts';
import { catalogueOf, fieldsOf } from '../../warnings/fields.ts';
import { evaluate } from '../../warnings/interpret.ts';
import { caseName, casesOf, type ParameterDefinition } from '../../warnings/parameters.ts';
import {
  COMPARISONS,
  type Condition,
  type Literal,
  type ValueExpression,
} from '../../warnings/schema.ts';

const MONTH = '2024-02' as Month;
const RULES = ['ILL-01', 'ILL-02', 'DIS-01', 'DIS-06', 'EDU-01', 'X-DTH'];
const define = (
  name: string,
  type: ParameterType,
  by: ParameterDefinition['by'] = null,
): ParameterDefinition => ({
  name,
  title: name,
  title_en: name,
  type,
  unit: ({ number: 'times', boolean: 'yes/no', text: 'text', date: 'date' } as const)[type],
  by,
});
const DEFINITIONS = new Map(
  [
    define('plain', 'number'),
    define('months', 'number'),
    define('standard', 'number', { key: 'residence', cases: ['urban', 'rural'] }),
    define('period', 'number', { key: 'reason', cases: ['a', 'b'] }),
    define('clause', 'boolean'),
    define('level', 'text'),
    define('due', 'date'),
  ].map((d) => [d.name, d]),
);
const COLUMNS = [...DEFINITIONS.values()].flatMap((d) =>
  casesOf(d).map((c) => ({
    name: caseName(d.name, c),
    type: d.type,
    whole: d.name === 'months' || d.name === 'period',
  })),
);

const FIELDS = catalogueOf(await loadFields());
const VOCABULARY = { fields: FIELDS, definitions: DEFINITIONS };
const fields = fieldsOf(FIELDS, 'household');
const named = (...types: FieldType[]): string[] =>
  fields.filter(({ type }) => types.includes(type)).map(({ name }) => name);

const amount = fc.constantFrom(0, 0.01, 1, 2, 3, 5999.99, 6000, 6000.01, 9000, 14000);
const whole = fc.integer({ min: -3, max: 14 });
const dates = fc.constantFrom(
  '2023-01-31',
  '2023-02-28',
  '2023-08-31',
  '2023-11-30',
  '2024-01-31',
  '2024-02-28',
  '2024-02-29',
  '2024-03-30',
);

const moneyField = fc.constantFrom(...named('money')).map((field): ValueExpression => ({ field }));
const number: fc.Arbitrary<ValueExpression> = fc.oneof(
  amount,
  fc.constantFrom(...named('money', 'integer')).map((field): ValueExpression => ({ field })),
  fc.constantFrom<ValueExpression>(
    { parameter: 'plain' },
    { parameter: 'standard' },
    { parameter: 'standard', where: { residence: 'urban' } },
    { parameter: 'period', where: { reason: 'a' } },
    { parameter: 'plain', else: 7 },
  ),
  fc
    .tuple(moneyField, fc.constantFrom<ValueExpression>(1.5, 0.6, { parameter: 'plain' }))
    .map((times): ValueExpression => ({ times })),
);
const months: fc.Arbitrary<ValueExpression> = fc.oneof(
  whole,
  fc.constantFrom<ValueExpression>(
    { parameter: 'months' },
    { parameter: 'period', where: { reason: 'b' } },
  ),
);
const date: fc.Arbitrary<ValueExpression> = fc.oneof(
  fc.constantFrom(...named('date')).map((field): ValueExpression => ({ field })),
  fc.constantFrom<ValueExpression>({ month: 'end' }, { parameter: 'due' }),
  fc
    .tuple(
      fc.constantFrom(...named('date')).map((field): ValueExpression => ({ field })),
      months,
    )
    .map(([d, n]): ValueExpression => ({ add_months: [d, n] })),
  fc
    .tuple(fc.constant<ValueExpression>({ month: 'end' }), months)
    .map(([d, n]): ValueExpression => ({ add_days: [d, n] })),
);
const boolean: fc.Arbitrary<ValueExpression> = fc.oneof(
  fc.constantFrom(...named('boolean')).map((field): ValueExpression => ({ field })),
  fc.constantFrom<ValueExpression>({ parameter: 'clause' }, { parameter: 'clause', else: false }),
);

const test: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .tuple(number, fc.constantFrom(...COMPARISONS), number)
    .map(([value, op, right]): Condition => ({ value, [op]: right })),
  fc
    .tuple(date, fc.constantFrom(...COMPARISONS), date)
    .map(([value, op, right]): Condition => ({ value, [op]: right })),
  fc
    .subarray(['county', 'township'], { minLength: 1 })
    .map((list): Condition => ({ value: { parameter: 'level' }, in: list })),
  fc.constant<Condition>({ value: { parameter: 'level' }, equals: 'county' }),
  fc.tuple(boolean, fc.boolean()).map(([value, is]): Condition => ({ value, is })),
  fc
    .tuple(fc.oneof(number, date, boolean), fc.boolean())
    .map(([value, known]): Condition => ({ value, known })),
  fc
    .subarray(['urban', 'rural', 'x'], { minLength: 1 })
    .map((list): Condition => ({ field: 'household.residence', in: list })),
  fc
    .tuple(
      fc.constantFrom(...named('integer')),
      fc.uniqueArray(whole, { minLength: 1, maxLength: 3 }),
    )
    .map(([field, list]): Condition => ({ field, in: list })),
  fc
    .tuple(
      fc.subarray(['ILL', 'DIS', 'EDU', 'X'], { minLength: 1 }),
      fc.subarray(['DIS-06', 'ILL-02']),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([families, except, at_least]): Condition => ({
      holding: { families, except },
      at_least,
    })),
);
const condition: fc.Arbitrary<Condition> = fc.letrec<{ c: Condition }>((tie) => ({
  c: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    test,
    fc.array(tie('c'), { minLength: 1, maxLength: 3 }).map((all): Condition => ({ all })),
    fc.array(tie('c'), { minLength: 1, maxLength: 3 }).map((any): Condition => ({ any })),
    tie('c').map((not): Condition => ({ not })),
  ),
})).c;

const valueOf = (type: FieldType): fc.Arbitrary<Literal | null> =>
  fc.option(
    {
      boolean: fc.boolean() as fc.Arbitrary<Literal>,
      integer: whole,
      money: amount,
      date: dates,
      text: fc.constantFrom('urban', 'rural'),
    }[type],
    { freq: 4 },
  );
const row = fc.record(Object.fromEntries(fields.map(({ name, type }) => [name, valueOf(type)])));
const figures = fc.record(
  Object.fromEntries(
    COLUMNS.map(({ name, type, whole: w }) => [
      name,
      fc.option<Literal>(
        {
          boolean: fc.boolean(),
          number: w ? whole : amount,
          text: fc.constantFrom('county', 'township'),
          date: dates,
        }[type],
        { freq: 4 },
      ),
    ]),
  ),
);

const sqlValue = (value: Literal | null, type: string): string =>
  `CAST(${value === null ? 'NULL' : literal(String(value))} AS ${type})`;

describe('conditions', () => {
  it('mean the same compiled and interpreted', async () => {
    await withScratch({ threads: 1 }, async (sql) => {
      await sql.run(`SET VARIABLE month_end = DATE ${literal(lastDay(MONTH))}`);
      await fc.assert(
        fc.asyncProperty(
          fc.array(condition, { minLength: 8, maxLength: 8 }),
          fc.array(fc.tuple(row, figures, fc.subarray(RULES)), { minLength: 8, maxLength: 8 }),
          async (conditions, subjects) => {
            const selects = subjects.map(([fieldValues, parameters, holding], i) => {
              const p = fields.map(
                ({ name, type }) =>
                  `${sqlValue(fieldValues[name] ?? null, FIELD_SQL[type])} AS ${identifier(name)}`,
              );
              const c = COLUMNS.map(
                ({ name, type }) =>
                  `${sqlValue(parameters[name] ?? null, PARAMETER_SQL[type])} AS ${identifier(name)}`,
              );
              return `SELECT ${i} AS i, ${p.join(', ')}, ${textList(holding)} AS holding, ${c.join(', ')}`;
            });
            const tests = conditions.map(
              (c, k) => `${compileCondition(c, { ...VOCABULARY, rules: RULES })} AS c${k}`,
            );
            const rows = await sql.rows<Record<string, boolean | null>>(
              `WITH s AS MATERIALIZED (${selects.join(' UNION ALL ')}) SELECT p.i, ${tests.join(', ')} FROM s p JOIN s c ON c.i = p.i ORDER BY p.i`,
            );
            subjects.forEach(([fieldValues, parameters, holding], i) => {
              const situation = {
                month: MONTH,
                field: (name: string): Literal | null => fieldValues[name] ?? null,
                parameter: (name: string): Literal | null => parameters[name] ?? null,
                ...VOCABULARY,
                holding: new Set(holding),
              };
              conditions.forEach((c, k) => {
                expect(rows[i]?.[`c${k}`], JSON.stringify({ c, fieldValues, parameters })).toBe(
                  evaluate(c, situation),
                );
              });
            });
          },
        ),
        { numRuns: Number(process.env['DOUDI_RUNS'] ?? 60), seed: 7 },
      );
    });
  });

  it('know every field of the catalogue by one name only', () => {
    const [first] = fields;
    if (first === undefined) throw new Error('a home has fields');
    expect(() => catalogueOf([first, first])).toThrow(first.name);
  });
});
