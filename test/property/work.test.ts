/** Rules about the offices' work: the compiled tables and the plain interpreter agree over random rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_SQL, WORK_SUBJECTS, type Field, type WorkSubject } from '../../core/field.ts';
import { lastDay, type Month } from '../../core/month.ts';
import { divisionsOf } from '../../core/region.ts';
import { withScratch } from '../../store/database.ts';
import { identifier, literal, type Sql } from '../../store/sql.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { fieldsOf } from '../../warnings/fields.ts';
import { evaluate } from '../../warnings/interpret.ts';
import { lookUpCase } from '../../warnings/parameters.ts';
import { workRulesInForce } from '../../warnings/rule-book.ts';
import type { Literal } from '../../warnings/schema.ts';
import { evaluateWork } from '../../warnings/work.ts';

const MONTH = '2025-10' as Month;
const COUNTY = '520102';
const own = (name: string, value: number): object => ({
  ...{ name, region: '520000', from: '2023-01-01', to: null, value, unit: 'days' },
  ...{ doc: 'trial', clause: '-' },
});
const book = await openRuleBook({
  parameters: [own('publicity-days', 7), own('refusal-review-days', 15)] as never,
  trial: [],
});
const { fields } = book.vocabulary;
const divisions = divisionsOf('520000');
const rules = workRulesInForce(book);

/** Numbers on both sides of every figure of these rules, and nothing at all. */
const NUMBERS = [
  ...[0, 1, 6, 7, 8, 10, 11, 15, 16, 20, 21, 30, 31, 32, 45, 46],
  ...[99, 100, 119, 120, 121],
];
const valueOf = ({ type }: Field): fc.Arbitrary<Literal | null> => {
  if (type === 'boolean') return fc.boolean();
  if (type === 'text') return fc.constantFrom('amount_month', null);
  return fc.constantFrom(...NUMBERS, null);
};

type Row = Readonly<Record<string, Literal | null>>;

const rowsOf = (subject: WorkSubject): fc.Arbitrary<Row[]> =>
  fc.array(
    fc.record(
      Object.fromEntries(fieldsOf(fields, subject).map((field) => [field.name, valueOf(field)])),
    ),
    { minLength: 1, maxLength: 20 },
  );

async function load(sql: Sql, subject: WorkSubject, rows: readonly Row[]): Promise<void> {
  const own = fieldsOf(fields, subject);
  const columns = own.map(({ name, type }) => `${identifier(name)} ${FIELD_SQL[type]}`);
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE t_${subject} (subject_id VARCHAR, county VARCHAR, since DATE, ${columns.join(', ')})`,
  );
  const cells = rows.map((row, index) =>
    [
      literal(String(index)),
      literal(COUNTY),
      "'2025-11-01'",
      ...own.map(({ name }) => {
        const value = row[name] ?? null;
        return value === null ? 'NULL' : literal(String(value));
      }),
    ].join(', '),
  );
  if (cells.length > 0)
    await sql.run(`INSERT INTO t_${subject} VALUES ${cells.map((one) => `(${one})`).join(', ')}`);
}

describe('the rules about work', () => {
  it.each(WORK_SUBJECTS)('of a %s mean the same compiled', async (subject) => {
    const these = rules.filter((rule) => rule.subject === subject);
    expect(these.length).toBeGreaterThan(0);
    let found = 0;
    await withScratch({ threads: 1 }, async (sql) => {
      await sql.run(`SET VARIABLE month_end = DATE ${literal(lastDay(MONTH))}`);
      for (const other of WORK_SUBJECTS) await load(sql, other, []);
      await fc.assert(
        fc.asyncProperty(rowsOf(subject), async (rows) => {
          await load(sql, subject, rows);
          await evaluateWork({
            ...{ sql, month: MONTH, rules: these, fields, divisions },
            parameters: book.parameters,
            notEvaluated: [],
            tables: Object.fromEntries(WORK_SUBJECTS.map((one) => [one, `t_${one}`])) as never,
          });
          const compiled = await sql.rows<{ rule: string; subject: string }>(
            'SELECT rule, subject FROM work_found ORDER BY rule, subject::INTEGER',
          );
          const plain = these.flatMap(({ id, when }) =>
            rows.flatMap((row, index) => {
              const truth = evaluate(when, {
                ...book.vocabulary,
                month: MONTH,
                field: (name) => row[name] ?? null,
                parameter: (name) =>
                  lookUpCase(book.parameters, divisions, name, COUNTY, lastDay(MONTH))?.value ??
                  null,
                holding: new Set(),
              });
              return truth === true ? [{ rule: id, subject: String(index) }] : [];
            }),
          );
          expect(compiled).toEqual(plain);
          found += plain.length;
        }),
        { numRuns: 60 },
      );
    });
    // Rows that nothing is found in would agree about nothing.
    expect(found).toBeGreaterThan(0);
  });
});
