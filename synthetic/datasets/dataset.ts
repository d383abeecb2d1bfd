import type { MonthFrame } from '../month-frame.ts';

/** One dataset of the contract as the generator writes it. */
export interface Dataset {
  /** `<agency>/<dataset>` */
  readonly path: string;
  /** All columns of contracts.md section 2, in its order. */
  readonly columns: readonly string[];
  /**
   * A SELECT of these columns for the background population, streaming: no ORDER BY, no join or aggregate over
   * the population: a join (also the one that DuckDB makes of an IN list of six and more constants) gives up the
   * order of the rows, and with it equal bytes. Uses the table `person` and the macros of `random.ts`, `places.ts` and `state.ts`.
   */
  background(month: MonthFrame): string;
}
