import type { RowReason } from '../../store/records.ts';
import type { BadRows } from './bad-rows.ts';
import { Refused } from '../../core/refused.ts';

/** A file refused for its rows, with the findings in them. */
export class RefusedRows extends Refused {
  readonly findings: Findings;
  constructor(
    code: string,
    message: string,
    place: { line?: number; column?: string; accepts?: string },
    findings: Findings,
  ) {
    super(code, message, place);
    this.findings = findings;
  }
}

export interface Findings {
  /** The first hundred, by line. */
  readonly reasons: readonly RowReason[];
  readonly reason_counts: Readonly<Record<string, number>>;
  readonly records: number;
  readonly quarantined: number;
  /** null: no copy requested, or the rows are not at fault. */
  readonly bad_rows: BadRows | null;
}
