/**
 * What an unknown value means, word by word, as a specification: every line is held against the interpreter and against
 * compiled SQL, and the lines together are docs/missing-values.md (`npx vitest run test/integration/missing-values -u`
 * writes it).
 */
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { FIELD_SQL } from '../../core/field.ts';
import { lastDay, type Month } from '../../core/month.ts';
import { withScratch } from '../../store/database.ts';
import { identifier, literal } from '../../store/sql.ts';
import { derive } from '../../pipelines/steps/derive.ts';
import { compileCondition } from '../../warnings/compile.ts';
import { readDerived, withDerived } from '../../warnings/derived.ts';
import { loadFields } from '../../pipelines/fields/index.ts';
import { catalogueOf } from '../../warnings/fields.ts';
import { evaluate, type Truth } from '../../warnings/interpret.ts';
import { loadParameters } from '../../warnings/parameters.ts';
import type { Condition } from '../../warnings/schema.ts';

const MONTH = '2025-10' as Month;
const FIELDS = catalogueOf(await loadFields());
const { definitions } = loadParameters([]);

const INCOME = 'household.income';
const REVIEW = 'household.review_earliest';
const DIBAO = 'household.dibao';

/** Conditions over a home of which nothing is known; income is known where `income` says so. */
interface Line {
  readonly word: string;
  readonly condition: Condition;
  readonly income?: number;
  readonly result: Truth;
  readonly means: string;
}

const unknown: Condition = { field: INCOME, at_least: 0 };
const holds: Condition = { field: DIBAO, is: false };
const fails: Condition = { field: DIBAO, is: true };

const LINES: readonly Line[] = [
  ...(['at_least', 'more_than', 'at_most', 'less_than', 'equals'] as const).map((word): Line => ({
    word,
    condition: { field: INCOME, [word]: 0 },
    result: null,
    means: '值未知，比较的结果未知',
  })),
  {
    word: 'at_least',
    condition: { field: INCOME, at_least: { parameter: 'disposable-income' } },
    income: 1,
    result: null,
    means: '当地没有这个标准，比较的结果未知',
  },
  {
    word: 'in',
    condition: { field: 'household.earners', in: [0, 1] },
    result: null,
    means: '值未知，是否在列未知',
  },
  {
    word: 'is',
    condition: { field: DIBAO, is: false },
    result: true,
    means: '是非字段在数据已到时没有未知：没有记录就是否',
  },
  {
    word: 'known',
    condition: { field: INCOME, known: true },
    result: false,
    means: '专问有没有值，从不未知',
  },
  {
    word: 'known',
    condition: { field: INCOME, known: false },
    result: true,
    means: '专问有没有值，从不未知',
  },
  { word: 'not', condition: { not: unknown }, result: null, means: '未知的反面仍是未知' },
  { word: 'all', condition: { all: [holds, unknown] }, result: null, means: '其余成立，整体未知' },
  {
    word: 'all',
    condition: { all: [fails, unknown] },
    result: false,
    means: '一项不成立，整体不成立，未知不影响',
  },
  {
    word: 'any',
    condition: { any: [holds, unknown] },
    result: true,
    means: '一项成立，整体成立，未知不影响',
  },
  {
    word: 'any',
    condition: { any: [fails, unknown] },
    result: null,
    means: '其余不成立，整体未知',
  },
  {
    word: 'times',
    condition: { value: { times: [{ field: INCOME }, { field: 'household.size' }] }, at_least: 0 },
    income: 1,
    result: null,
    means: '一个因数未知，积未知',
  },
  {
    word: 'plus',
    condition: { value: { plus: [{ field: INCOME }, { field: INCOME }] }, at_least: 0 },
    result: null,
    means: '一个加数未知，和未知；未知不是0',
  },
  ...(['add_years', 'add_months', 'add_days'] as const).map((word): Line => ({
    word,
    condition: {
      value: { [word]: [{ field: REVIEW }, 1] } as never,
      at_most: { month: 'end' },
    },
    result: null,
    means: '日期未知，推移后仍未知',
  })),
  {
    word: 'else',
    condition: { value: { parameter: 'direct-marginal-recognition', else: false }, is: false },
    result: true,
    means: '当地没有规定时用 else 的值，不算未知',
  },
  {
    word: 'holding',
    condition: { holding: { families: ['ILL'], except: [] }, at_least: 1 },
    result: false,
    means: '未评估或未触发的规则都不计数',
  },
];

/** Made of what is known of the month and of the two before it; `null` is unknown, `undefined`: not in that month. */
interface Made {
  readonly name: string;
  /** This month, one month ago, two months ago. */
  readonly values: readonly (number | boolean | null | undefined)[];
  readonly result: number | boolean | null;
  readonly means: string;
}

const OFF_ROLL = 'education.out_of_school';
const PAID = 'medical.outpatient_self_paid_new';
const MADE: readonly Made[] = [
  { name: `${INCOME}@2`, values: [5, 4, null], result: null, means: '当时未知，仍是未知' },
  {
    name: `${INCOME}@2`,
    values: [5, 4, undefined],
    result: null,
    means: '当时还没有这户，未知',
  },
  {
    name: `${OFF_ROLL}@1`,
    values: [true, undefined, true],
    result: false,
    means: '当月没有这个人的记录：否',
  },
  {
    name: `${PAID}@last-3.sum`,
    values: [1, null, 2],
    result: 3,
    means: '只合计已知的月份',
  },
  {
    name: `${PAID}@last-3.sum`,
    values: [null, undefined, null],
    result: null,
    means: '没有一个月已知，合计未知，不是0',
  },
  { name: `${PAID}@last-3.most`, values: [1, null, 2], result: 2, means: '只看已知的月份' },
  { name: `${PAID}@last-3.least`, values: [null, null, 2], result: 2, means: '只看已知的月份' },
  {
    name: `${OFF_ROLL}@last-3.count`,
    values: [true, undefined, true],
    result: 2,
    means: '没有记录的月份不计',
  },
  {
    name: `${OFF_ROLL}@last-3.streak`,
    values: [true, undefined, true],
    result: 1,
    means: '没有记录的月份使连续中断',
  },
  {
    name: `${OFF_ROLL}@last-3.streak`,
    values: [false, true, true],
    result: 0,
    means: '连续到本月为止，本月不是即为0',
  },
];

async function derived({ name, values }: Made): Promise<number | boolean | null> {
  const derivation = readDerived(name, FIELDS);
  if (typeof derivation === 'string') throw new Error(derivation);
  const { base } = derivation;
  const subject = base.of === 'person' ? 'person' : 'household';
  const key = `${subject}_id`;
  const id = "'00000000-0000-0000-0000-000000000001'::UUID";
  return withScratch({ threads: 1 }, async (sql) => {
    const row = (value: number | boolean | null | undefined, extra: string): string =>
      `SELECT ${id} AS ${key}${extra}, CAST(${value === undefined ? 'NULL' : String(value)} AS ${FIELD_SQL[base.type]}) AS ${identifier(base.name)}${value === undefined ? ' WHERE false' : ''}`;
    await sql.run(
      `CREATE TEMP TABLE now AS ${row(values[0], subject === 'person' ? ', NULL::UUID AS household_id' : '')}`,
    );
    for (const n of [1, 2]) await sql.run(`CREATE TEMP TABLE past_${n} AS ${row(values[n], '')}`);
    const profiles = { person: 'now', household: 'now' };
    const made = await derive(
      sql,
      profiles,
      [1, 2].map((before) => ({ before, person: `past_${before}`, household: `past_${before}` })),
      new Map([[name, derivation]]),
    );
    const [found] = await sql.rows<{ v: string | boolean | null }>(
      `SELECT ${derivation.kind === 'last' && base.type === 'boolean' ? `${identifier(name)}::VARCHAR` : identifier(name)} AS v FROM ${made[subject]}`,
    );
    const value = found?.v ?? null;
    return value === null || typeof value === 'boolean' ? value : Number(value);
  });
}

const shown = (value: number | boolean | null): string =>
  value === null ? '未知' : value === true ? '成立' : value === false ? '不成立' : String(value);
const inMonth = (value: number | boolean | null | undefined): string =>
  value === undefined
    ? '无记录'
    : value === null
      ? '未知'
      : value === true
        ? '是'
        : value === false
          ? '否'
          : String(value);

/** The specification as a page. */
function page(): string {
  const lines = LINES.map(
    ({ word, condition, income, result, means }) =>
      `| \`${word}\` | \`${JSON.stringify(condition).replaceAll('"', '').replaceAll('|', '\\|')}\` | ${income === undefined ? '都未知' : `人均收入 ${income}，其余未知`} | ${shown(result)} | ${means} |`,
  );
  const made = MADE.map(
    ({ name, values, result, means }) =>
      `| \`${name}\` | ${[...values].reverse().map(inMonth).join(' → ')} | ${typeof result === 'boolean' ? inMonth(result) : shown(result)} | ${means} |`,
  );
  return `# 未知值的含义 What an unknown value means

本页由 \`test/integration/missing-values.test.ts\` 写出并逐行验证（解释执行与编译后的 SQL 都按此结果）。规则只在条件**成立**时触发：未知从不触发，也从不当作 0 或“否”。This page is written by that test, which holds every line against the interpreter and the compiled SQL. A rule fires only when its condition holds: unknown never fires, and is never 0.

缺一份数据或一项标准时，规则在该县为“未评估”，不进入本页的比较。Where a whole extract or a figure is missing, the rule is \`not evaluated\` in that county.

## 条件 Conditions

| 词 word | 例 example | 已知什么 known | 结果 result | 含义 meaning |
| --- | --- | --- | --- | --- |
${lines.join('\n')}

## 往月与成员 Earlier months and members

次序为两个月前 → 上月 → 本月。The months go from two months ago to this one.

| 字段 field | 各月 months | 结果 result | 含义 meaning |
| --- | --- | --- | --- |
${made.join('\n')}
`;
}

describe('an unknown value', () => {
  it.each(LINES.map((line) => [JSON.stringify(line.condition), line] as const))(
    '%s',
    async (_text, { condition, income, result }) => {
      const value = (name: string): number | boolean | null =>
        name === INCOME ? (income ?? null) : FIELDS.get(name)?.type === 'boolean' ? false : null;
      const situation = {
        month: MONTH,
        field: value,
        parameter: () => null,
        fields: FIELDS,
        definitions,
        holding: new Set<string>(),
      };
      expect(evaluate(condition, situation)).toBe(result);
      await withScratch({ threads: 1 }, async (sql) => {
        await sql.run(`SET VARIABLE month_end = DATE ${literal(lastDay(MONTH))}`);
        const columns = [...FIELDS.values()].map(
          ({ name, type }) =>
            `CAST(${String(value(name))} AS ${FIELD_SQL[type]}) AS ${identifier(name)}`,
        );
        const figures = ['disposable-income|residence=urban', 'disposable-income|residence=rural']
          .map((name) => `NULL::DECIMAL(18,4) AS ${identifier(name)}`)
          .concat('NULL::BOOLEAN AS "direct-marginal-recognition"');
        const [row] = await sql.rows<{ r: boolean | null }>(
          `WITH p AS (SELECT ${columns.join(', ')}, []::VARCHAR[] AS holding), c AS (SELECT ${figures.join(', ')})
           SELECT ${compileCondition(condition, { fields: FIELDS, definitions, rules: ['ILL-01'] })} AS r FROM p, c`,
        );
        expect(row?.r).toBe(result);
      });
    },
  );

  it.each(MADE.map((made) => [made.name, made] as const))('%s', async (_name, made) => {
    expect(await derived(made)).toBe(made.result);
  });

  it('is what docs/missing-values.md says', async () => {
    await expect(
      await format(page(), { parser: 'markdown', singleQuote: true }),
    ).toMatchFileSnapshot('../../docs/missing-values.md');
  });
});

describe('a field made of another', () => {
  it.each([
    ['household.income@0', /number of months/],
    ['household.income@13', /number of months/],
    ['household.income@last-3.middle', /last-N/],
    ['household.income@last-3.count', /yes\/no field/],
    ['person.dibao@last-3.sum', /with an amount/],
    ['household.income@members.sum', /one of the home/],
    ['household.incom@3', /there is no field/],
  ])('%s is refused', (name, fault) => {
    expect(readDerived(name, FIELDS)).toMatch(fault);
    expect(withDerived(FIELDS, [name]).has(name)).toBe(false);
  });

  it('reads what its field reads, months earlier', () => {
    const fields = withDerived(FIELDS, [
      'household.income@6',
      'disability.grade_1_2_before@2',
      'person.dibao@last-3.streak',
      'disability.certificate@members.count',
    ]);
    expect(fields.get('household.income@6')).toMatchObject({
      of: 'both',
      type: 'money',
      unit: 'yuan/year',
      reads: ['civil-affairs/assistance@6', 'rural-revitalization/monitored@6'],
    });
    expect(fields.get('disability.grade_1_2_before@2')?.reads).toEqual([
      'disabled-federation/certificates@3',
    ]);
    expect(fields.get('person.dibao@last-3.streak')).toMatchObject({
      type: 'integer',
      unit: 'months',
      reads: ['civil-affairs/assistance'],
      narrows: ['civil-affairs/assistance@1', 'civil-affairs/assistance@2'],
    });
    expect(fields.get('disability.certificate@members.count')).toMatchObject({
      of: 'both',
      unit: 'persons',
      narrows: ['civil-affairs/members'],
    });
  });
});
