/**
 * Rules of the catalogue for engines that take one object at a time: a tree of comparisons between numbered facts and
 * literals. Mechanical, and in favour of those engines: products, moved dates and the county's figures
 * are precomputed in the object, with dates as day numbers; unknown values are left out. `not` is pushed down to the
 * comparisons, where a comparison with an unknown value is simply false: a rule then holds exactly when it is true in
 * the logic of the catalogue.
 */
import type { Fields } from '../../warnings/fields.ts';
import { evaluateValue, type Situation } from '../../warnings/interpret.ts';
import {
  COMPARISONS,
  type Comparison,
  type Condition,
  type Literal,
  type Rule,
  type Test,
  type ValueExpression,
} from '../../warnings/schema.ts';

export type Operator = Comparison | 'differs';

export type Tree =
  | { readonly all: readonly Tree[] }
  | { readonly any: readonly Tree[] }
  | { readonly known: string; readonly is: boolean }
  | {
      readonly fact: string;
      readonly operator: Operator;
      /** A literal, or the name of another fact. */
      readonly value: Literal | { readonly fact: string };
    };

export interface Translated {
  readonly id: string;
  readonly tree: Tree;
}

export type TranslatedFacts = Readonly<Record<string, Literal>>;

const OPPOSITE: Readonly<Record<Comparison, Operator>> = {
  at_least: 'less_than',
  more_than: 'at_most',
  at_most: 'more_than',
  less_than: 'at_least',
  equals: 'differs',
};

const DAY_MS = 86_400_000;

/** The facts of one subject's rules; `f0`, `f1` … in order of first use. */
export class FactList {
  private readonly names = new Map<string, { name: string; value: ValueExpression }>();
  private readonly fields: Fields;

  constructor(fields: Fields) {
    this.fields = fields;
  }

  nameOf(value: ValueExpression): string {
    const key = JSON.stringify(value);
    const found = this.names.get(key) ?? { name: `f${this.names.size}`, value };
    this.names.set(key, found);
    return found.name;
  }

  private isDate(value: ValueExpression): boolean {
    if (typeof value !== 'object') return false;
    if ('field' in value) return this.fields.get(value.field)?.type === 'date';
    return 'month' in value || 'add_months' in value || 'add_days' in value;
  }

  /** All facts of one subject. */
  of(situation: Situation): TranslatedFacts {
    const facts: Record<string, Literal> = {};
    for (const { name, value } of this.names.values()) {
      const known = evaluateValue(value, situation);
      if (known === null) continue;
      if (typeof known === 'object') facts[name] = known.toNumber();
      else if (typeof known === 'string' && this.isDate(value))
        facts[name] = Date.parse(`${known}T00:00:00Z`) / DAY_MS;
      else facts[name] = known;
    }
    return facts;
  }
}

function translateTest(test: Test, holds: boolean, facts: FactList): Tree {
  const fact = facts.nameOf(test.value ?? { field: test.field ?? '' });
  if (test.known !== undefined) return { known: fact, is: test.known === holds };
  if (test.is !== undefined) return { fact, operator: 'equals', value: test.is === holds };
  if (test.in !== undefined) {
    const equal = test.in.map((value): Tree => ({ fact, operator: 'equals', value }));
    const differ = test.in.map((value): Tree => ({ fact, operator: 'differs', value }));
    return holds ? { any: equal } : { all: [{ known: fact, is: true }, ...differ] };
  }
  const op = COMPARISONS.find((name) => test[name] !== undefined) ?? 'equals';
  const right = test[op] ?? '';
  const value = typeof right === 'object' ? { fact: facts.nameOf(right) } : right;
  const compared = { fact, operator: holds ? op : OPPOSITE[op], value } satisfies Tree;
  // No engine treats a missing value as equal to a literal.
  if (compared.operator === 'equals' && typeof value !== 'object') return compared;
  const spokenOf = typeof value === 'object' ? [fact, value.fact] : [fact];
  return { all: [...spokenOf.map((known): Tree => ({ known, is: true })), compared] };
}

function translateCondition(condition: Condition, holds: boolean, facts: FactList): Tree {
  const parts = (list: readonly Condition[]): Tree[] =>
    list.map((part) => translateCondition(part, holds, facts));
  if ('all' in condition)
    return holds ? { all: parts(condition.all) } : { any: parts(condition.all) };
  if ('any' in condition)
    return holds ? { any: parts(condition.any) } : { all: parts(condition.any) };
  if ('not' in condition) return translateCondition(condition.not, !holds, facts);
  if ('holding' in condition) throw new Error('hits of other rules are not a fact of one object');
  return translateTest(condition, holds, facts);
}

/** @throws Error for a rule that refers to other rules */
export function translateRule({ id, when }: Rule, facts: FactList): Translated {
  return { id, tree: translateCondition(when, true, facts) };
}
