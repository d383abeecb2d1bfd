import type { SourceAnswer } from '../../api.ts';

/** Nothing of the month itself has come: rules that need it fall back on an older one or are not evaluated. */
export function isLate(source: SourceAnswer, month: string): boolean {
  return source.stands_at === null || source.stands_at < month;
}
