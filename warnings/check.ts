/**
 * The meaning of a rule: every name known, every comparison between values of one type. After this the compiler and
 * the interpreter need no error cases of their own.
 */
import { closest } from 'fastest-levenshtein';
import { MonitorError } from '../core/errors.ts';
import type { Field } from '../core/field.ts';
import type { YamlFile } from '../core/yaml.ts';
import {
  COMPARISONS,
  type Comparison,
  type Condition,
  type Literal,
  type Rule,
  type Test,
  type Value,
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

/** Fields, parameters and nested conditions of a condition, in the order they stand. */
export interface Mentions {
  readonly fields: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly where: Readonly<Record<string, string>>;
    readonly optional: boolean;
  }[];
  readonly holding: boolean;
}

function valuesOf(test: Test): Value[] {
  const left: Value[] = test.field === undefined ? [] : [{ field: test.field }];
  const right = COMPARISONS.flatMap((op) => (test[op] === undefined ? [] : [test[op]]));
  return [...left, ...(test.value === undefined ? [] : [test.value]), ...right];
}

function* walkValue(value: Value): Generator<Exclude<Value, Literal>> {
  if (typeof value !== 'object') return;
  yield value;
  const parts =
    'times' in value
      ? value.times
      : 'add_months' in value
        ? value.add_months
        : 'add_days' in value
          ? value.add_days
          : [];
  for (const part of parts) yield* walkValue(part);
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

/** What a condition speaks of. */
export function mentionsOf(condition: Condition): Mentions {
  const fields = new Set<string>();
  const parameters = new Map<string, Mentions['parameters'][number]>();
  for (const test of walkTests(condition)) {
    for (const value of valuesOf(test).flatMap((v) => [...walkValue(v)])) {
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
  }
  return {
    fields: [...fields],
    parameters: [...parameters.values()],
    holding: hasHolding(condition),
  };
}

/** A value's type and, for a number, what it counts; null: a literal, which counts whatever it is held against. */
interface Typed {
  readonly type: ValueType;
  readonly unit: string | null;
}

/** Units that scale another one and leave it what it is. */
const SCALES = new Set(['share', 'times', 'persons', 'count']);

function productUnit(a: string | null, b: string | null): string | null | undefined {
  if (a === null || SCALES.has(a)) return b ?? a;
  if (b === null || SCALES.has(b)) return a;
  return undefined;
}

/**
 * @param file the rule's file, for the line
 * @throws MonitorError `rule` with file and line, what is wrong and what was probably meant
 */
export function checkRule(rule: Rule, { fields, definitions }: Vocabulary, file: YamlFile): void {
  const wrong = (path: Path, message: string, fix?: string): MonitorError =>
    new MonitorError(
      'rule',
      `${file.name}, line ${file.lineAt(path)}: ${message}`,
      fix === undefined ? {} : { fix },
    );

  const fieldAt = (name: string, path: Path): Field => {
    const found = fields.get(name);
    if (found === undefined)
      throw wrong(
        path,
        `there is no field '${name}'`,
        `did you mean '${closest(name, [...fields.keys()])}'?`,
      );
    if (found.of !== 'both' && found.of !== rule.subject)
      throw wrong(path, `'${name}' belongs to a ${found.of}, the rule speaks of a ${rule.subject}`);
    return found;
  };

  const parameterAt = (value: Extract<Value, { parameter: string }>, path: Path): Typed => {
    const definition = definitions.get(value.parameter);
    if (definition === undefined)
      throw wrong(
        path,
        `there is no parameter '${value.parameter}'`,
        `did you mean '${closest(value.parameter, [...definitions.keys()])}'?`,
      );
    const { by } = definition;
    const given = Object.keys(value.where ?? {});
    if (by !== null && by.key !== 'residence' && !given.includes(by.key))
      throw wrong(path, `'${value.parameter}' differs by ${by.key}: say which with where`);
    if (given.some((key) => key !== by?.key))
      throw wrong(path, `'${value.parameter}' does not differ by ${given.join(', ')}`);
    return { type: definition.type, unit: definition.type === 'number' ? definition.unit : null };
  };

  const typed = (value: Value, path: Path): Typed => {
    if (typeof value !== 'object') return { type: typeOfLiteral(value), unit: null };
    if ('field' in value) {
      const { type, unit } = fieldAt(value.field, path);
      return { type: TYPE_OF_FIELD[type], unit };
    }
    if ('parameter' in value) return parameterAt(value, path);
    if ('month' in value) return { type: 'date', unit: null };
    if ('times' in value) {
      const [a, b] = value.times.map((part, n) => typed(part, [...path, 'times', n]));
      if (a?.type !== 'number' || b?.type !== 'number')
        throw wrong(path, 'times multiplies two numbers');
      const unit = productUnit(a.unit, b.unit);
      if (unit === undefined)
        throw wrong(path, `times multiplies ${a.unit ?? ''} by ${b.unit ?? ''}, which is neither`);
      return { type: 'number', unit };
    }
    const [key, parts] =
      'add_months' in value
        ? (['add_months', value.add_months] as const)
        : (['add_days', value.add_days] as const);
    const [date, count] = parts.map((part, n) => typed(part, [...path, key, n]));
    if (date?.type !== 'date' || count?.type !== 'number')
      throw wrong(path, `${key} takes a date and a number`);
    const wanted = key === 'add_months' ? 'months' : 'days';
    if (count.unit !== null && count.unit !== wanted)
      throw wrong(path, `${key} adds ${wanted}, not ${count.unit}`);
    return { type: 'date', unit: null };
  };

  const compare = (test: Test, left: Typed, op: Comparison, value: Value, path: Path): void => {
    const at = [...path, op];
    const right = typed(value, at);
    if (right.type !== left.type)
      throw wrong(at, `'${op}' compares a ${left.type} with a ${right.type}`);
    if (op !== 'equals' && left.type !== 'number' && left.type !== 'date')
      throw wrong(at, `'${op}' needs numbers or dates`);
    if (left.unit !== null && right.unit !== null && left.unit !== right.unit)
      throw wrong(at, `'${op}' compares ${left.unit} with ${right.unit}`);
    // A bare number that is not none or one is a figure of policy, and those have a place and a time.
    const bare = typeof value === 'number' && left.unit !== 'count' && value !== 0;
    if (bare && test.field !== undefined)
      throw wrong(
        at,
        `${value} ${left.unit ?? ''} is a figure of policy: make it a parameter`,
        'rules/parameters/<name>.yaml, with region, period and citation (docs/add-a-rule.md)',
      );
  };

  const roots: readonly (readonly [string, Condition | undefined])[] = [
    ['when', rule.when],
    ['unclear_when', rule.unclear_when],
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
      if (right !== undefined) compare(test, left, op, right, path);
    }
  }
  if (hasHolding(rule.when) && rule.subject !== 'household')
    throw wrong(['when'], "'holding' speaks of a household");
  for (const [n, example] of rule.examples.entries())
    for (const name of Object.keys(example.given)) fieldAt(name, ['examples', n, 'given', name]);
}
