/** Ages in full years. */
import { MonitorError } from '../../core/errors.ts';
import { isMonth, lastDay, type Month } from '../../core/month.ts';
import { moveMonths } from '../interpret.ts';

/**
 * @param birth a date, or a month, which counts as its last day (contracts.md section 3); a person born on 29 February
 * turns a year older on 28 February of a common year
 * @param day `YYYY-MM-DD`
 * @throws MonitorError `calculator` when the birth is not a date or month
 */
export function ageAt(birth: string, day: string): number {
  const date = isMonth(birth) ? lastDay(birth) : birth;
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(date) ||
    date.slice(8) > lastDay(date.slice(0, 7) as Month).slice(8)
  )
    throw new MonitorError('calculator', 'the birth is not a date or month', {
      fix: 'write it as YYYY-MM-DD or YYYY-MM',
    });
  const years = Number(day.slice(0, 4)) - Number(date.slice(0, 4));
  return moveMonths(date, years * 12) <= day ? years : years - 1;
}
