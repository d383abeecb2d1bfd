/** Days that people type. */
import type { CaseState } from '../state.ts';
import { gate, type Refusal } from './gate.ts';

/** @param on, day `YYYY-MM-DD` */
export const inFuture = (on: string, day: string): Refusal | null =>
  on > day ? gate('future', '日期不能晚于今天', 'the date lies in the future') : null;

/** Nobody saw or heard of an opinion before it was given: an earlier day would shorten the time to object. */
export function beforeOpinion({ opinion }: CaseState, on: string): Refusal | null {
  return opinion !== null && on < opinion.civil.day
    ? gate(
        'before-review',
        `日期不能早于审核日${opinion.civil.day}`,
        `the day lies before the review on ${opinion.civil.day}`,
      )
    : null;
}

/** @returns the last of these days; null: none of them is known */
export function latest(days: readonly (string | null)[]): string | null {
  return days.reduce<string | null>(
    (last, day) => (last === null || (day ?? '') > last ? day : last),
    null,
  );
}
