/** The answer of `doudi run --json`, as contracts.md section 4 fixes it, with what it may add. */
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
  /** withdrawn: the manifest takes an earlier delivery back; beside the four of the contract. */
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

/** One further evaluation of a month and what it changed. */
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
  /** Files of the inbox that no connector reads. */
  readonly strangers: readonly string[];
  /** Newest month of each source up to the run's month; null: nothing yet. */
  readonly sources: readonly { readonly source: string; readonly stands_at: string | null }[];
  readonly steps: readonly StepReport[];
  readonly warnings: Readonly<Record<string, number>>;
  /** Dates to come per rule that looks ahead. */
  readonly watch: Readonly<Record<string, number>>;
  /** Digest of the rules and figures that decided; null: the month was evaluated before this was written down. */
  readonly rule_set: string | null;
  /** Rules that found nobody or far from their usual number; lists wait until the month is signed off. */
  readonly alarms: readonly Alarm[];
  readonly not_evaluated: readonly NotEvaluated[];
  /** Rules decided with less than the whole: an extract or a figure that they can do without was missing. */
  readonly narrowed: readonly { readonly rule: string; readonly missing: string }[];
  /** Months evaluated once more in this run, and what that changed; the month of the run itself may be among them. */
  readonly corrections: readonly Correction[];
  readonly leads: {
    readonly opened: number;
    readonly updated: number;
    readonly struck: number;
    readonly pushed: number;
  };
}
