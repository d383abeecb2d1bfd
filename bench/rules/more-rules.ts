/**
 * Synthetic extra rules: copies of real ones with other thresholds as literals. Every copy is stricter than the one
 * before, so that the time of the rules is measured and not that of their warnings.
 */
import { lastDay } from '../../core/month.ts';
import { mentionsOf } from '../../warnings/check.ts';
import type { Evaluation } from '../../warnings/evaluate.ts';
import { casesOf, lookUp } from '../../warnings/parameters.ts';
import {
  COMPARISONS,
  type Condition,
  type Rule,
  type Test,
  type ValueExpression,
} from '../../warnings/schema.ts';

type Circumstances = Pick<Evaluation, 'month' | 'parameters' | 'divisions'>;

/** Some county's threshold in force, times a factor; null: not a number, or no threshold. */
function moved(name: string, where: object, times: number, place: Circumstances): number | null {
  const { month, parameters, divisions } = place;
  const definition = parameters.definitions.get(name);
  const [county] = divisions.counties;
  if (definition?.type !== 'number' || county === undefined) return null;
  const cases = casesOf(definition).find((c) =>
    Object.entries(where).every(([key, value]) => c[key] === value),
  );
  const found = lookUp(parameters, divisions, definition, county.code, lastDay(month), cases ?? {});
  if (typeof found?.value !== 'number') return null;
  const value = found.value * times;
  return Number.isInteger(found.value) ? Math.ceil(value) : Number(value.toFixed(2));
}

function moveValue(value: ValueExpression, times: number, place: Circumstances): ValueExpression {
  if (typeof value !== 'object') return value;
  if ('parameter' in value) return moved(value.parameter, value.where ?? {}, times, place) ?? value;
  const both = ([a, b]: readonly [ValueExpression, ValueExpression]): [
    ValueExpression,
    ValueExpression,
  ] => [moveValue(a, times, place), moveValue(b, times, place)];
  if ('times' in value) return { times: both(value.times) };
  if ('add_months' in value) return { add_months: both(value.add_months) };
  if ('add_days' in value) return { add_days: both(value.add_days) };
  return value;
}

/** The right side of ≥ and > rises, that of ≤ and < falls; for a left side the reverse. */
function moveTest(test: Test, copy: number, place: Circumstances): Test {
  const more = 1 + copy / 4;
  const rises = test.at_least !== undefined || test.more_than !== undefined;
  const compared = COMPARISONS.flatMap((op) => {
    const right = test[op];
    return right === undefined ? [] : [[op, moveValue(right, rises ? more : 1 / more, place)]];
  });
  const left =
    test.value === undefined
      ? {}
      : { value: moveValue(test.value, rises ? 1 / more : more, place) };
  return { ...test, ...left, ...(Object.fromEntries(compared) as Test) };
}

function moveCondition(condition: Condition, copy: number, place: Circumstances): Condition {
  const parts = (list: readonly Condition[]): Condition[] =>
    list.map((part) => moveCondition(part, copy, place));
  if ('all' in condition) return { all: parts(condition.all) };
  if ('any' in condition) return { any: parts(condition.any) };
  if ('not' in condition) return { not: moveCondition(condition.not, copy, place) };
  return 'holding' in condition ? condition : moveTest(condition, copy, place);
}

/** Whether a rule compares with a numeric parameter. */
function hasFigure({ when }: Rule, { parameters }: Circumstances): boolean {
  const { parameters: named, holding } = mentionsOf(when);
  return !holding && named.some(({ name }) => parameters.definitions.get(name)?.type === 'number');
}

/** @returns `count` rules `NEW-1` …, each a copy of one in force that compares with a figure */
export function moreRules(rules: readonly Rule[], count: number, place: Circumstances): Rule[] {
  const models = rules.filter((rule) => hasFigure(rule, place));
  return Array.from({ length: count }, (_, index) => {
    const model = models[index % models.length];
    if (model === undefined) throw new Error('no rule compares with a figure');
    const copy = 1 + Math.floor(index / models.length);
    return { ...model, id: `NEW-${index + 1}`, when: moveCondition(model.when, copy, place) };
  });
}
