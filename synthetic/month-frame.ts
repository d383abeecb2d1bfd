/** One month in the forms the statements need. */
import { monthIndex, parseMonth } from '../core/month.ts';

export interface MonthFrame {
  /** `YYYY-MM` */
  readonly text: string;
  /** Months since year 0. */
  readonly index: number;
}

export function monthFrame(text: string): MonthFrame {
  const month = parseMonth(text);
  return { text: month, index: monthIndex(month) };
}
