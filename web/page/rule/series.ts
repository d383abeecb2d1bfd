/** The hits of a rule by month. */
import type { MonthAnswer, RuleAnswer } from '../../api.ts';

export interface Point {
  readonly month: string;
  /** null: not evaluated. */
  readonly hits: number | null;
}

/** @returns oldest first, ending with the month of the answer */
export function seriesOf(rule: RuleAnswer, { month, months }: MonthAnswer): Point[] {
  const before = months
    .map((name, index) => ({ month: name, hits: rule.history[index] ?? null }))
    .filter((point) => point.month !== month);
  return [...before, { month, hits: rule.hits }];
}
