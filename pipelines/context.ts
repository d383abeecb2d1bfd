/** The context passed to every step of a run. */
import type { Contract } from '../files/extract/contract.ts';
import type { FieldTable } from '../files/extract/field-table.ts';
import type { Config } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import type { Month } from '../core/month.ts';
import type { Divisions } from '../core/region.ts';
import type { Store } from '../store/store.ts';
import type { RuleBook } from '../warnings/rule-book.ts';
import type { Progress } from './progress.ts';
import type { StepReport } from './report.ts';

export interface RunContext {
  readonly month: Month;
  readonly store: Store;
  readonly config: Config;
  readonly divisions: Divisions;
  readonly contracts: ReadonlyMap<string, Contract>;
  /** Connectors' fields, with the SELECTs that produce them. */
  readonly fieldTables: readonly FieldTable[];
  readonly rules: RuleBook;
  readonly log: Log;
  readonly progress: Progress;
  /** Folder to take deliveries from; null: take in nothing new. */
  readonly inbox: string | null;
  /** The inbox was named by hand, which signs off extracts without a manifest (contracts.md section 4). */
  readonly signedOff: boolean;
  /** Results the steps report; they add to it as they finish. */
  readonly steps: StepReport[];
}
