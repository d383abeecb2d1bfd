/**
 * The meaning of a rule: every name known, every comparison between values of one type. After this the compiler and
 * the interpreter need no error cases of their own.
 */
import { closest } from 'fastest-levenshtein';
import { MonitorError } from '../core/errors.ts';
import type { Field } from '../core/field.ts';
import {
  COMPARISONS,
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

export function* walkTests(condition: Condition): Generator<Test> {
  if ('all' in condition) for (const part of condition.all) yield* walkTests(part);
  else if ('any' in condition) for (const part of condition.any) yield* walkTests(part);
  else if ('not' in condition) yield* walkTests(condition.not);
  else if (!('holding' in condition)) yield condition;
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

/** @throws MonitorError `rule` naming rule, name and the nearest known one */
export function checkRule(rule: Rule, { fields, definitions }: Vocabulary): void {
  const wrong = (message: string, fix?: string): MonitorError =>
    new MonitorError(
      'rule',
      `rules/catalogue/${rule.id}.yaml: ${message}`,
      fix === undefined ? {} : { fix },
    );

  const field = (name: string): Field => {
    const found = fields.get(name);
    if (found === undefined)
      throw wrong(
        `there is no field '${name}'`,
        `did you mean '${closest(name, [...fields.keys()])}'?`,
      );
    if (found.of !== 'both' && found.of !== rule.subject)
      throw wrong(`'${name}' belongs to a ${found.of}, the rule speaks of a ${rule.subject}`);
    return found;
  };

  const typeOf = (value: Value): ValueType => {
    if (typeof value !== 'object') return typeOfLiteral(value);
    if ('field' in value) return TYPE_OF_FIELD[field(value.field).type];
    if ('parameter' in value) {
      const definition = definitions.get(value.parameter);
      if (definition === undefined)
        throw wrong(
          `there is no parameter '${value.parameter}'`,
          `did you mean '${closest(value.parameter, [...definitions.keys()])}'?`,
        );
      const { by } = definition;
      const given = Object.keys(value.where ?? {});
      if (by !== null && by.key !== 'residence' && !given.includes(by.key))
        throw wrong(`'${value.parameter}' differs by ${by.key}: say which with where`);
      if (given.some((key) => key !== by?.key))
        throw wrong(`'${value.parameter}' does not differ by ${given.join(', ')}`);
      return definition.type;
    }
    if ('times' in value) {
      if (value.times.some((part) => typeOf(part) !== 'number'))
        throw wrong('times multiplies two numbers');
      return 'number';
    }
    if ('month' in value) return 'date';
    const [date, count] = 'add_months' in value ? value.add_months : value.add_days;
    if (typeOf(date) !== 'date' || typeOf(count) !== 'number')
      throw wrong('add_months and add_days take a date and a number');
    return 'date';
  };

  const tests = [
    rule.when,
    ...(rule.unclear_when === undefined ? [] : [rule.unclear_when]),
  ].flatMap((c) => [...walkTests(c)]);
  for (const test of tests) {
    const left = typeOf(test.value ?? { field: test.field ?? '' });
    if (test.is !== undefined && left !== 'boolean')
      throw wrong(`'is' asks a yes/no field, not a ${left}`);
    if (test.in?.some((item) => typeOfLiteral(item) !== left) === true)
      throw wrong(`'in' lists values of another type than ${left}`);
    for (const op of COMPARISONS) {
      const right = test[op];
      if (right === undefined) continue;
      if (typeOf(right) !== left) throw wrong(`'${op}' compares a ${left} with a ${typeOf(right)}`);
      if (op !== 'equals' && left !== 'number' && left !== 'date')
        throw wrong(`'${op}' needs numbers or dates`);
    }
  }
  if (hasHolding(rule.when) && rule.subject !== 'household')
    throw wrong("'holding' speaks of a household");
  for (const example of rule.examples) for (const name of Object.keys(example.given)) field(name);
}
