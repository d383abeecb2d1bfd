/** The answer of `doudi run --json`, as fixed by contracts.md section 4, with its permitted additions. */
import type { Alarm } from '../warnings/alarms.ts';
import type { Month } from '../core/month.ts';
import type { RowReason } from '../store/records.ts';
import type { ExtractDifference } from '../warnings/evaluated.ts';

export interface FileReport {
  readonly agency: string;
  readonly dataset: string;
  readonly month: string;
  readonly file: string;
  readonly version: number | null;
  /** withdrawn: the manifest withdraws an earlier delivery; an addition to the contract's four. */
  readonly outcome: 'loaded' | 'skipped' | 'waiting' | 'refused' | 'withdrawn';
  readonly rows: number;
  readonly quarantined: number;
  readonly code?: string;
  readonly reasons: readonly RowReason[];
  readonly reason_counts?: Readonly<Record<string, number>>;
  readonly ignored_columns?: readonly string[];
  readonly unknown_places?: number;
}

export interface StepReport {
  readonly step: string;
  readonly seconds: number;
  readonly rows: number;
  readonly changed: boolean;
  readonly counts: Readonly<Record<string, number>>;
}

export interface NotEvaluated {
  readonly rule: string;
  readonly county: string;
  readonly missing: string;
}

export interface GainedLost {
  readonly gained: number;
  readonly lost: number;
}

/** One re-evaluation of a month and what it changed. */
export interface Correction {
  readonly month: Month;
  readonly because: readonly ExtractDifference[];
  readonly warnings: GainedLost;
  readonly leads: GainedLost;
}

export interface RunReport {
  readonly month: string;
  readonly changed: boolean;
  readonly files: readonly FileReport[];
  /** Files in the inbox that no connector reads. */
  readonly strangers: readonly string[];
  /** Newest month of each source up to the run's month; null: nothing yet. */
  readonly sources: readonly { readonly source: string; readonly stands_at: string | null }[];
  readonly steps: readonly StepReport[];
  readonly warnings: Readonly<Record<string, number>>;
  /** Upcoming dates per rule that looks ahead. */
  readonly watch: Readonly<Record<string, number>>;
  /** Digest of the rules and figures used; null: the month was evaluated before this was recorded. */
  readonly rule_set: string | null;
  /** Rules with no hits or an unusual number of hits; lists wait until the month is signed off. */
  readonly alarms: readonly Alarm[];
  readonly not_evaluated: readonly NotEvaluated[];
  /** Rules decided on incomplete input: an optional extract or figure was missing. */
  readonly narrowed: readonly { readonly rule: string; readonly missing: string }[];
  /** Months re-evaluated in this run, and what that changed; may include the run's own month. */
  readonly corrections: readonly Correction[];
  readonly leads: {
    readonly opened: number;
    readonly updated: number;
    readonly struck: number;
    readonly pushed: number;
  };
}
