/** The month as SQL variables. */
import { addMonths, firstDay, lastDay, monthIndex, type Month } from '../core/month.ts';
import { literal } from '../store/sql.ts';
import { WINDOW_MONTHS } from '../files/extract/contract.ts';

/** The variables read by the steps' SQL and the rules' date conditions. */
export function monthVariables(month: Month): string {
  return `SET VARIABLE month_start = DATE ${literal(firstDay(month))};
    SET VARIABLE month_end = DATE ${literal(lastDay(month))};
    SET VARIABLE window_start = DATE ${literal(firstDay(addMonths(month, 1 - WINDOW_MONTHS)))};
    SET VARIABLE year_start = DATE ${literal(`${month.slice(0, 4)}-01-01`)};
    SET VARIABLE delivery = ${monthIndex(month)}`;
}
