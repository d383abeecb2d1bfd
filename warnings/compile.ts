/**
 * A condition compiled to one SQL expression over a profile row `p` and the county's parameter row `c`. SQL's own
 * three-valued logic is the Kleene logic of `interpret.ts`; property tests check that the two agree.
 */
import { identifier, literal } from '../store/sql.ts';
import { partsOf } from './check.ts';
import { caseName } from './parameters.ts';
import {
  COMPARISONS,
  familyOf,
  type Comparison,
  type Condition,
  type Literal,
  type Test,
  type ValueExpression,
} from './schema.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface CompileOptions extends Vocabulary {
  /** Ids of the rules that `holding` may count. */
  readonly rules: readonly string[];
}

/** SQL type of a parameter's column: up to 14 whole digits, four decimals. */
export const PARAMETER_SQL = {
  number: 'DECIMAL(18,4)',
  boolean: 'BOOLEAN',
  text: 'VARCHAR',
  date: 'DATE',
} as const;

/**
 * The decimal type for these figures. With at most two decimals, comparing with money takes 64 bits and half the time
 * of the general type's 128 bits.
 */
export function narrowDecimal(values: readonly number[]): string {
  return values.every((value) => /^-?\d+(\.\d\d?)?$/.test(String(value)))
    ? 'DECIMAL(18,2)'
    : PARAMETER_SQL.number;
}

const OPERATORS: Readonly<Record<Comparison, string>> = {
  at_least: '>=',
  more_than: '>',
  at_most: '<=',
  less_than: '<',
  equals: '=',
};

function compileLiteral(value: Literal): string {
  if (typeof value === 'number')
    return `CAST(${literal(String(value))} AS ${narrowDecimal([value])})`;
  return typeof value === 'boolean' ? String(value) : literal(value);
}

function compileParameter(
  value: Extract<ValueExpression, { parameter: string }>,
  { definitions }: CompileOptions,
): string {
  const { by } = definitions.get(value.parameter) ?? { by: null };
  const column = (cases: Readonly<Record<string, string>>): string =>
    `c.${identifier(caseName(value.parameter, cases))}`;
  const chosen = by === null ? undefined : value.where?.[by.key];
  let sql: string;
  if (by === null) sql = column({});
  else if (chosen !== undefined) sql = column({ [by.key]: chosen });
  else
    sql = `CASE p."household.residence" ${by.cases.map((name) => `WHEN ${literal(name)} THEN ${column({ [by.key]: name })}`).join(' ')} END`;
  return value.else === undefined ? sql : `coalesce(${sql}, ${compileLiteral(value.else)})`;
}

export function compileValue(value: ValueExpression, options: CompileOptions): string {
  if (typeof value !== 'object') return compileLiteral(value);
  if ('field' in value) return `p.${identifier(value.field)}`;
  if ('parameter' in value) return compileParameter(value, options);
  if ('month' in value) return `getvariable('month_end')`;
  const [a = '', b = ''] = partsOf(value).map((part) => compileValue(part, options));
  if ('times' in value) return `(${a} * ${b})`;
  if ('plus' in value) return `(${a} + ${b})`;
  const unit = 'add_years' in value ? 'to_years' : 'add_months' in value ? 'to_months' : 'to_days';
  return `CAST(${a} + ${unit}(CAST(${b} AS INTEGER)) AS DATE)`;
}

function compileTest(test: Test, options: CompileOptions): string {
  const left = compileValue(test.value ?? { field: test.field ?? '' }, options);
  if (test.known !== undefined) return `(${left} IS ${test.known ? 'NOT ' : ''}NULL)`;
  if (test.is !== undefined) return test.is ? left : `(NOT ${left})`;
  if (test.in !== undefined) return `(${left} IN (${test.in.map(compileLiteral).join(', ')}))`;
  const op = COMPARISONS.find((name) => test[name] !== undefined) ?? 'equals';
  return `(${left} ${OPERATORS[op]} ${compileValue(test[op] ?? '', options)})`;
}

export function compileCondition(condition: Condition, options: CompileOptions): string {
  if ('all' in condition)
    return `(${condition.all.map((part) => compileCondition(part, options)).join(' AND ')})`;
  if ('any' in condition)
    return `(${condition.any.map((part) => compileCondition(part, options)).join(' OR ')})`;
  if ('not' in condition) return `(NOT ${compileCondition(condition.not, options)})`;
  if ('holding' in condition) {
    const { families, except } = condition.holding;
    const counts = families.map((family) => {
      const ids = options.rules.filter((id) => familyOf(id) === family && !except.includes(id));
      // Ten times as fast as one list_has_any, which hashes both lists for every row.
      const found = ids.map((id) => `list_contains(p.holding, ${literal(id)})`);
      return `CAST(coalesce(${found.join(' OR ') || 'false'}, false) AS INTEGER)`;
    });
    return `(${counts.join(' + ')} >= ${condition.at_least})`;
  }
  return compileTest(condition, options);
}

/** The values a warning shows: fields and parameters by name, as one JSON text. */
export function compileEvidence(
  mentions: {
    readonly fields: readonly string[];
    readonly parameters: readonly {
      readonly name: string;
      readonly where: Readonly<Record<string, string>>;
    }[];
    readonly holding: boolean;
  },
  options: CompileOptions,
): string {
  const text = (sql: string, type: string | undefined): string =>
    type === 'boolean' || type === 'integer' ? sql : `CAST(${sql} AS VARCHAR)`;
  const fields = mentions.fields.map(
    (name) => `${literal(name)}, ${text(`p.${identifier(name)}`, options.fields.get(name)?.type)}`,
  );
  const parameters = mentions.parameters.map(({ name, where }) => {
    const sql = compileParameter({ parameter: name, where }, options);
    const type = options.definitions.get(name)?.type;
    const shown =
      type === 'boolean' ? sql : `CAST(${sql} AS ${type === 'number' ? 'DOUBLE' : 'VARCHAR'})`;
    return `${literal(caseName(name, where))}, ${shown}`;
  });
  const parts = [`'fields', json_object(${fields.join(', ')})`];
  if (parameters.length > 0) parts.push(`'parameters', json_object(${parameters.join(', ')})`);
  if (mentions.holding) parts.push(`'rules', to_json(p.holding)`);
  return `CAST(json_object(${parts.join(', ')}) AS VARCHAR)`;
}
