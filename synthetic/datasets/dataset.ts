import type { MonthFrame } from '../month-frame.ts';

/** One dataset of the contract as written by the generator. */
export interface Dataset {
  /** `<agency>/<dataset>` */
  readonly path: string;
  /** All columns of contracts.md section 2, in order. */
  readonly columns: readonly string[];
  /**
   * A SELECT of these columns for the background population, streaming: no ORDER BY, and no join or aggregate over
   * the population: a join (including the one DuckDB makes of an IN list of six or more constants) loses the row
   * order, and with it identical bytes. Uses the table `person` and the macros of `random.ts`, `places.ts` and
   * `state.ts`.
   */
  background(month: MonthFrame): string;
}
