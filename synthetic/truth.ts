/** What was planted, in the columns of `doudi warnings` (contracts.md section 4). */
import type { MonthFrame } from './month-frame.ts';

/** Path below `out`, and the SELECT that writes it. */
export interface TruthFile {
  readonly file: string;
  readonly query: string;
}

function planted(outcome: 'hit' | 'near-miss', months: readonly MonthFrame[]): string {
  return `
SELECT month_text(month) AS month, rule, subject,
  CASE WHEN who IS NOT NULL THEN plant_key('person ' || who, scenario, month, k) END AS person_id,
  household_id, county
FROM plant_case
WHERE outcome = '${outcome}' AND month IN (${months.map(({ index }) => index).join(', ')})
ORDER BY month, rule, scenario, k`;
}

/** `truth.csv`: each rule must hold. `near-misses.csv`: it must not, in that month. */
export function truthFiles(months: readonly MonthFrame[]): TruthFile[] {
  return [
    { file: 'truth.csv', query: planted('hit', months) },
    { file: 'near-misses.csv', query: planted('near-miss', months) },
  ];
}
