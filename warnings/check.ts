/**
 * Checks a rule's meaning: every name is known, every comparison is between values of one type. After this the compiler
 * and the interpreter need no error handling.
 */
import { closest } from 'fastest-levenshtein';
import { MonitorError } from '../core/errors.ts';
import type { Field } from '../core/field.ts';
import type { YamlFile } from '../core/yaml.ts';
import { isDerived, readDerived, withDerived } from './derived.ts';
import {
  aboutPeople,
  COMPARISONS,
  type Comparison,
  type Condition,
  type Judged,
  type Literal,
  type Test,
  type ValueExpression,
} from './schema.ts';
import type { Vocabulary } from './vocabulary.ts';

export type ValueType = 'number' | 'boolean' | 'date' | 'text';

const TYPE_OF_FIELD: Readonly<Record<Field['type'], ValueType>> = {
  boolean: 'boolean',
  integer: 'number',
  money: 'number',
  date: 'date',
  text: 'text',
};

export function typeOfLiteral(value: Literal): ValueType {
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text';
}

/** Fields, parameters and nested conditions of a condition, in order. */
export interface Mentions {
  readonly fields: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly where: Readonly<Record<string, string>>;
    readonly optional: boolean;
  }[];
  readonly holding: boolean;
}

function valuesOf(test: Test): ValueExpression[] {
  const left: ValueExpression[] = test.field === undefined ? [] : [{ field: test.field }];
  const right = COMPARISONS.flatMap((op) => (test[op] === undefined ? [] : [test[op]]));
  return [...left, ...(test.value === undefined ? [] : [test.value]), ...right];
}

/** The two operands of a product, a sum or a moved date. */
export function partsOf(value: Exclude<ValueExpression, Literal>): readonly ValueExpression[] {
  if ('times' in value) return value.times;
  if ('plus' in value) return value.plus;
  if ('add_years' in value) return value.add_years;
  if ('add_months' in value) return value.add_months;
  return 'add_days' in value ? value.add_days : [];
}

function* walkValue(value: ValueExpression): Generator<Exclude<ValueExpression, Literal>> {
  if (typeof value !== 'object') return;
  yield value;
  for (const part of partsOf(value)) yield* walkValue(part);
}

type Path = readonly PropertyKey[];

/** Every comparison with its place in the rule file. */
function* placeTests(condition: Condition, path: Path): Generator<{ test: Test; path: Path }> {
  const list = 'all' in condition ? condition.all : 'any' in condition ? condition.any : null;
  const key = 'all' in condition ? 'all' : 'any';
  if (list !== null)
    for (const [index, part] of list.entries()) yield* placeTests(part, [...path, key, index]);
  else if ('not' in condition) yield* placeTests(condition.not, [...path, 'not']);
  else if (!('holding' in condition) && !('all' in condition) && !('any' in condition))
    yield { test: condition, path };
}

export function* walkTests(condition: Condition): Generator<Test> {
  for (const { test } of placeTests(condition, [])) yield test;
}

function hasHolding(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(hasHolding);
  if ('any' in condition) return condition.any.some(hasHolding);
  if ('not' in condition) return hasHolding(condition.not);
  return 'holding' in condition;
}

function mentionsOfValues(
  values: readonly ValueExpression[],
): Pick<Mentions, 'fields' | 'parameters'> {
  const fields = new Set<string>();
  const parameters = new Map<string, Mentions['parameters'][number]>();
  for (const value of values.flatMap((v) => [...walkValue(v)])) {
    if ('field' in value) fields.add(value.field);
    if ('parameter' in value) {
      const where = value.where ?? {};
      parameters.set(`${value.parameter}${JSON.stringify(where)}`, {
        name: value.parameter,
        where,
        optional: value.else !== undefined,
      });
    }
  }
  return { fields: [...fields], parameters: [...parameters.values()] };
}

/** The names used in a condition. */
export function mentionsOf(condition: Condition): Mentions {
  const values = [...walkTests(condition)].flatMap(valuesOf);
  return { ...mentionsOfValues(values), holding: hasHolding(condition) };
}

/** The names used in a rule, including its watched dates, or in a segment, including its cover. */
export function mentionsOfRule({
  when,
  covered,
  watch,
}: Pick<Judged, 'when' | 'covered' | 'watch'>): Mentions {
  const values = [
    ...[when, ...(covered === undefined ? [] : [covered])]
      .flatMap((condition) => [...walkTests(condition)])
      .flatMap(valuesOf),
    ...(watch === undefined ? [] : [watch.ahead, ...watch.dates.map(({ on }) => on)]),
  ];
  return { ...mentionsOfValues(values), holding: hasHolding(when) };
}

type Exemplified = Judged & { readonly examples: readonly { readonly given: object }[] };

/** Every field that a rule names: in its condition, dates, gaps and examples. */
export function namedBy(rule: Exemplified): string[] {
  return [
    ...mentionsOfRule(rule).fields,
    ...(rule.unclear_when === undefined ? [] : mentionsOf(rule.unclear_when).fields),
    ...rule.examples.flatMap(({ given }) => Object.keys(given)),
  ];
}

/** A value's type and, for a number, its unit; null: a literal, which takes the unit it is compared with. */
interface Typed {
  readonly type: ValueType;
  readonly unit: string | null;
}

/** The unit of each way of moving a date. */
const MOVES = { add_years: 'years', add_months: 'months', add_days: 'days' } as const;

/** Units that scale another one without changing it. */
const SCALES = new Set(['share', 'times', 'persons', 'count']);

/** The product of two counting units is a third unit, comparable only with itself. */
function productUnit(a: string | null, b: string | null): string | null {
  if (a === null || SCALES.has(a)) return b ?? a;
  if (b === null || SCALES.has(b)) return a;
  return [a, b].sort().join(' · ');
}

/**
 * @param file the rule's file, for the line
 * @throws MonitorError `rule` with file and line, what is wrong and what was probably meant
 */
export function checkRule(
  rule: Exemplified,
  { fields: plain, definitions }: Vocabulary,
  file: YamlFile,
): void {
  const fields = withDerived(plain, namedBy(rule));
  const wrong = (path: Path, message: string, fix?: string): MonitorError =>
    new MonitorError(
      'rule',
      `${file.name}, line ${file.lineAt(path)}: ${message}`,
      fix === undefined ? {} : { fix },
    );

  /** A literal number other than zero is a policy figure, which needs a region and a period. */
  const policy = (value: number, unit: string | null, path: Path): MonitorError =>
    wrong(
      path,
      `${value}${unit === null ? '' : ` ${unit}`} is a figure of policy: make it a parameter`,
      'rules/parameters/<name>.yaml, with region, period and citation (docs/add-a-rule.md)',
    );

  const fieldAt = (name: string, path: Path): Field => {
    const found = fields.get(name);
    const fault = found === undefined && isDerived(name) ? readDerived(name, fields) : null;
    if (typeof fault === 'string' && fields.has(name.replace(/@.*/, '')))
      throw wrong(path, `'${name}': ${fault}`);
    if (found === undefined)
      throw wrong(
        path,
        `there is no field '${name}'`,
        `did you mean '${closest(name, [...fields.keys()])}'?`,
      );
    if (found.of === 'both' ? !aboutPeople(rule) : found.of !== rule.subject)
      throw wrong(
        path,
        `'${name}' belongs to a ${found.of === 'both' ? 'household' : found.of}, the rule speaks of a ${rule.subject}`,
      );
    return found;
  };

  const parameterAt = (
    value: Extract<ValueExpression, { parameter: string }>,
    path: Path,
  ): Typed => {
    const definition = definitions.get(value.parameter);
    if (definition === undefined)
      throw wrong(
        path,
        `there is no parameter '${value.parameter}'`,
        `did you mean '${closest(value.parameter, [...definitions.keys()])}'?`,
      );
    const { by } = definition;
    const given = Object.keys(value.where ?? {});
    const ofHome = by?.key === 'residence' && aboutPeople(rule);
    if (by !== null && !ofHome && !given.includes(by.key))
      throw wrong(path, `'${value.parameter}' differs by ${by.key}: say which with where`);
    if (given.some((key) => key !== by?.key))
      throw wrong(path, `'${value.parameter}' does not differ by ${given.join(', ')}`);
    return { type: definition.type, unit: definition.type === 'number' ? definition.unit : null };
  };

  const typed = (value: ValueExpression, path: Path): Typed => {
    if (typeof value !== 'object') return { type: typeOfLiteral(value), unit: null };
    if ('field' in value) {
      const { type, unit } = fieldAt(value.field, path);
      return { type: TYPE_OF_FIELD[type], unit };
    }
    if ('parameter' in value) return parameterAt(value, path);
    if ('month' in value) return { type: 'date', unit: null };
    const [key, moved] = Object.entries(MOVES).find(([name]) => name in value) ?? [
      'times' in value ? 'times' : 'plus',
    ];
    const [a, b] = partsOf(value).map((part, n) => {
      if (typeof part === 'number') throw policy(part, null, [...path, key, n]);
      return typed(part, [...path, key, n]);
    });
    if (moved !== undefined) {
      if (a?.type !== 'date' || b?.type !== 'number')
        throw wrong(path, `${key} takes a date and a number`);
      if (b.unit !== null && b.unit !== moved)
        throw wrong(path, `${key} adds ${moved}, not ${b.unit}`);
      return { type: 'date', unit: null };
    }
    if (a?.type !== 'number' || b?.type !== 'number') throw wrong(path, `${key} takes two numbers`);
    if (key === 'times') return { type: 'number', unit: productUnit(a.unit, b.unit) };
    if (a.unit !== null && b.unit !== null && a.unit !== b.unit)
      throw wrong(path, `plus adds ${b.unit} to ${a.unit}`);
    return { type: 'number', unit: a.unit ?? b.unit };
  };

  const compare = (left: Typed, op: Comparison, value: ValueExpression, path: Path): void => {
    const at = [...path, op];
    const right = typed(value, at);
    if (right.type !== left.type)
      throw wrong(at, `'${op}' compares a ${left.type} with a ${right.type}`);
    if (op !== 'equals' && left.type !== 'number' && left.type !== 'date')
      throw wrong(at, `'${op}' needs numbers or dates`);
    if (left.unit !== null && right.unit !== null && left.unit !== right.unit)
      throw wrong(at, `'${op}' compares ${left.unit} with ${right.unit}`);
    if (typeof value === 'number' && left.unit !== 'count' && value !== 0)
      throw policy(value, left.unit, at);
  };

  const roots: readonly (readonly [string, Condition | undefined])[] = [
    ['when', rule.when],
    ['unclear_when', rule.unclear_when],
    ['covered', rule.covered],
  ];
  for (const { test, path } of roots.flatMap(([root, condition]) =>
    condition === undefined ? [] : [...placeTests(condition, [root])],
  )) {
    const side = test.field === undefined ? 'value' : 'field';
    const left = typed(test.value ?? { field: test.field ?? '' }, [...path, side]);
    if (test.is !== undefined && left.type !== 'boolean')
      throw wrong([...path, 'is'], `'is' asks a yes/no field, not a ${left.type}`);
    if (test.in?.some((item) => typeOfLiteral(item) !== left.type) === true)
      throw wrong([...path, 'in'], `'in' lists values of another type than ${left.type}`);
    for (const op of COMPARISONS) {
      const right = test[op];
      if (right !== undefined) compare(left, op, right, path);
    }
  }
  if (rule.watch !== undefined) {
    const ahead = typed(rule.watch.ahead, ['watch', 'ahead']);
    if (ahead.unit !== 'months') throw wrong(['watch', 'ahead'], 'ahead is a number of months');
    for (const [n, { on }] of rule.watch.dates.entries())
      if (typed(on, ['watch', 'dates', n, 'on']).type !== 'date')
        throw wrong(['watch', 'dates', n, 'on'], 'on is a date');
  }
  if (hasHolding(rule.when) && rule.subject !== 'household')
    throw wrong(['when'], "'holding' speaks of a household");
  for (const [n, example] of rule.examples.entries())
    for (const name of Object.keys(example.given)) fieldAt(name, ['examples', n, 'given', name]);
}
