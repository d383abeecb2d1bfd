import type { SourceAnswer } from '../../api.ts';

/** No data of the month itself have arrived: rules that need them fall back on older ones or are not evaluated. */
export function isLate(source: SourceAnswer, month: string): boolean {
  return source.stands_at === null || source.stands_at < month;
}
