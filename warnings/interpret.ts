/**
 * The reference implementation: one condition on one subject, value by value. The compiled SQL must agree with it
 * (test/property), and `rules explain` shows its steps.
 *
 * Unknown values follow Kleene's logic: a comparison with an unknown value is unknown, `not` of unknown is unknown,
 * `all` is false if any part is, `any` is true if any part is. A rule holds only when it is true.
 */
import type { Field } from '../core/field.ts';
import { decimal, type Decimal } from '../core/money.ts';
import { lastDay, addMonths, type Month } from '../core/month.ts';
import { partsOf } from './check.ts';
import { caseName } from './parameters.ts';
import {
  COMPARISONS,
  familyOf,
  type Comparison,
  type Condition,
  type Literal,
  type Rule,
  type Test,
  type ValueExpression,
} from './schema.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A decimal, yes/no, a date `YYYY-MM-DD` or a text; null: unknown. */
export type KnownValue = Decimal | boolean | string;
export type Truth = boolean | null;

export interface Situation extends Vocabulary {
  readonly month: Month;
  /** Raw value of a field from the profile (text, number or yes/no); null: unknown. */
  readonly field: (name: string) => Literal | null;
  /** Value of a parameter's case, see `caseName`; null: none in force here. */
  readonly parameter: (name: string) => Literal | null;
  /** Rules that hold for the home or a member. */
  readonly holding: ReadonlySet<string>;
}

function known(value: Literal | null, type: Field['type'] | null): KnownValue | null {
  if (value === null) return null;
  if (type === 'money' || type === 'integer' || typeof value === 'number')
    return decimal(typeof value === 'boolean' ? Number(value) : value);
  return value;
}

/** A date moved by whole months, clamped to the last day of the month. */
export function moveMonths(date: string, count: number): string {
  const month = addMonths(date.slice(0, 7) as Month, count);
  const end = lastDay(month);
  const moved = `${month}-${date.slice(8)}`;
  return moved > end ? end : moved;
}

export function moveDays(date: string, count: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** The parameter's case for this subject: the named case, or the home's residence. */
export function caseFor(
  value: { parameter: string; where?: Readonly<Record<string, string>> | undefined },
  situation: Situation,
): string | null {
  const { by } = situation.definitions.get(value.parameter) ?? { by: null };
  if (by === null) return value.parameter;
  const chosen =
    value.where?.[by.key] ??
    (by.key === 'residence' ? situation.field('household.residence') : null);
  return typeof chosen === 'string' ? caseName(value.parameter, { [by.key]: chosen }) : null;
}

export function evaluateValue(value: ValueExpression, situation: Situation): KnownValue | null {
  if (typeof value !== 'object') return known(value, null);
  if ('field' in value)
    return known(situation.field(value.field), situation.fields.get(value.field)?.type ?? null);
  if ('parameter' in value) {
    const name = caseFor(value, situation);
    return known((name === null ? null : situation.parameter(name)) ?? value.else ?? null, null);
  }
  if ('month' in value) return lastDay(situation.month);
  const [a, b] = partsOf(value).map((part) => evaluateValue(part, situation));
  if (a === undefined || a === null || b === undefined || b === null || typeof b !== 'object')
    return null;
  if ('times' in value) return typeof a === 'object' ? a.times(b) : null;
  if ('plus' in value) return typeof a === 'object' ? a.plus(b) : null;
  if (typeof a !== 'string') return null;
  if ('add_years' in value) return moveMonths(a, 12 * b.toNumber());
  return 'add_months' in value ? moveMonths(a, b.toNumber()) : moveDays(a, b.toNumber());
}

function order(a: KnownValue, b: KnownValue): number {
  if (typeof a === 'object' && typeof b === 'object') return a.cmp(b);
  return a === b ? 0 : a < b ? -1 : 1;
}

const HOLDS: Readonly<Record<Comparison, (order: number) => boolean>> = {
  at_least: (o) => o >= 0,
  more_than: (o) => o > 0,
  at_most: (o) => o <= 0,
  less_than: (o) => o < 0,
  equals: (o) => o === 0,
};

function evaluateTest(test: Test, situation: Situation): Truth {
  const left = evaluateValue(test.value ?? { field: test.field ?? '' }, situation);
  if (test.known !== undefined) return (left !== null) === test.known;
  if (left === null) return null;
  if (test.is !== undefined) return left === test.is;
  if (test.in !== undefined)
    return test.in.some((item) => order(left, known(item, null) ?? '') === 0);
  for (const op of COMPARISONS) {
    const right = test[op];
    if (right === undefined) continue;
    const value = evaluateValue(right, situation);
    return value === null ? null : HOLDS[op](order(left, value));
  }
  return null;
}

/** How many of the families have a rule that holds, not counting the exceptions. */
export function countFamilies(
  holding: Iterable<string>,
  families: readonly string[],
  except: readonly string[],
): number {
  const found = new Set([...holding].filter((id) => !except.includes(id)).map(familyOf));
  return families.filter((family) => found.has(family)).length;
}

/** @returns true, false, or null when a missing value leaves it undecided */
export function evaluate(condition: Condition, situation: Situation): Truth {
  if ('all' in condition) {
    const parts = condition.all.map((part) => evaluate(part, situation));
    return parts.includes(false) ? false : parts.includes(null) ? null : true;
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => evaluate(part, situation));
    return parts.includes(true) ? true : parts.includes(null) ? null : false;
  }
  if ('not' in condition) {
    const inner = evaluate(condition.not, situation);
    return inner === null ? null : !inner;
  }
  if ('holding' in condition) {
    return (
      countFamilies(situation.holding, condition.holding.families, condition.holding.except) >=
      condition.at_least
    );
  }
  return evaluateTest(condition, situation);
}

/** A watch rule's dates after the month and within its number of months, by index. */
export function datesAhead(
  { when, watch }: Rule,
  situation: Situation,
): { readonly what: number; readonly due: string }[] {
  if (watch === undefined || evaluate(when, situation) !== true) return [];
  const end = lastDay(situation.month);
  const ahead = evaluateValue(watch.ahead, situation);
  if (ahead === null || typeof ahead !== 'object') return [];
  const horizon = moveMonths(end, ahead.toNumber());
  return watch.dates.flatMap(({ on }, what) => {
    const due = evaluateValue(on, situation);
    return typeof due === 'string' && due > end && due <= horizon ? [{ what, due }] : [];
  });
}
