/** The kinds of journal records and what each carries. Counts, codes and digests only, never a person's data. */
import type { Month } from '../month.ts';

export interface ExtractKey {
  readonly agency: string;
  readonly dataset: string;
  readonly month: Month;
}

export interface Reason {
  readonly code: string;
  readonly line: number;
  readonly column: string;
  readonly message: string;
  readonly accepts: string;
}

/**
 * One month of an agency's dataset as the lake holds it. `origin` is the source of doudi.yaml that it came from; null: a
 * folder named by hand. Records of before 0023 have neither `origin` nor `copied`.
 */
export interface ExtractVersion extends ExtractKey {
  readonly version: number;
  readonly file: string;
  /** Digest of the bytes that were handed in. */
  readonly sha256: string;
  /** Digest of the checked Parquet in the lake. */
  readonly lake_sha256: string;
  readonly rows: number;
  readonly quarantined: number;
  /** Bad rows per reason code; the first hundred are listed in `reasons`. */
  readonly reason_counts: Readonly<Record<string, number>>;
  readonly reasons: readonly Reason[];
  /** Columns of the file that the contract does not know. */
  readonly ignored_columns: readonly string[];
  /** County codes that the manifest says are in it; null: the whole province. */
  readonly counties: readonly string[] | null;
  /** Rows kept although their township or village code is unknown. */
  readonly unknown_places: number;
  readonly origin?: string | null;
  /** Bad rows in the copy for the department; 0: there is no copy. */
  readonly copied?: number;
}

export interface ExtractRefusal extends ExtractKey {
  readonly file: string;
  readonly sha256: string;
  readonly code: string;
  readonly reasons: readonly Reason[];
  readonly origin?: string | null;
  /** What was found in the rows; null: the file was refused before any was looked at. */
  readonly findings?: {
    readonly records: number;
    readonly quarantined: number;
    readonly reason_counts: Readonly<Record<string, number>>;
    readonly copied: number;
  } | null;
}

/** How the answer to an extract fared; written when that changes, not at each try. */
export interface ReportDelivery {
  /** Journal number of the extract that is answered. */
  readonly record: number;
  /** Name of the source as in the extract's record. */
  readonly origin: string;
  readonly channel: 'beside' | 'webhook';
  readonly outcome: 'done' | 'failed';
  /** Why it failed; empty otherwise. */
  readonly code: string;
}

/** A version of an extract no longer counts, or counts again (`withdrawn` false). */
export interface ExtractWithdrawal extends ExtractKey {
  readonly version: number;
  readonly withdrawn: boolean;
  readonly reason: string;
  readonly by: string;
}

/** A step of the monthly run has finished. */
export interface StepDone {
  readonly month: Month;
  readonly step: string;
  /** Digest of everything the step read; an equal one means there is nothing to do. */
  readonly fingerprint: string;
  readonly rows: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Bulk decisions: file name (its digest) in `decisions/`, by the table it belongs to. */
  readonly files: Readonly<Record<string, string>>;
  readonly detail: readonly unknown[];
  /** How long it took. Records of before 0010 do not say. */
  readonly seconds?: number;
}

export interface LeadOutcome {
  readonly lead_id: string;
  readonly month: Month;
  /** assisted: help was given or changed. not_eligible: visited, conditions not met. unfounded: the data were wrong. */
  readonly outcome: 'assisted' | 'not_eligible' | 'unfounded';
  readonly reason: string;
  readonly clause: string;
  readonly by: string;
}

/** Where a lead goes: the county's queue in this program, a county's own system, or the address it named. */
export type Channel = 'inbox' | 'external' | 'webhook';

/** Leads that fared alike, told of in one record: thousands arrive within seconds of a run. */
export interface LeadsDelivered {
  readonly groups: readonly {
    readonly county: string;
    readonly channel: Channel;
    readonly outcome: 'done' | 'dead' | 'retry';
    /** Why it was given up; empty otherwise. */
    readonly code: string;
    readonly leads: readonly string[];
  }[];
}

/** A job of the calendar has done what was due for a month. */
export interface JobDone {
  readonly job: string;
  readonly month: Month;
  readonly counts: Readonly<Record<string, number>>;
}

/** Somebody has looked at a month whose rules found far from their usual number, and takes it as it is. */
export interface MonthSigned {
  readonly month: Month;
  readonly by: string;
  readonly note: string;
  /** `RULE kind` of each alarm that stood then. */
  readonly alarms: readonly string[];
}

/** A recipient has said that it holds a version of a list. */
export interface ListAcknowledged {
  readonly month: Month;
  readonly list: string;
  readonly county: string;
  readonly recipient: string;
  readonly version: number;
  readonly by: string;
}

/** Homes that a rule finds as it stands and as it was tried, in a county. */
export interface BacktestCounty {
  readonly county: string;
  readonly before: number;
  readonly after: number;
  readonly gained: number;
  readonly lost: number;
}

/** Somebody has tried a rule with other figures, or as another version, over months that were run, and keeps the counts. */
export interface RuleBacktest {
  readonly rule: string;
  /** The version in force that it was held against. */
  readonly version: number;
  /** `school-out-of-pocket=8000`, `第3版`. */
  readonly tried: string;
  readonly months: readonly {
    readonly month: Month;
    readonly counties: readonly BacktestCounty[];
  }[];
}

export interface JournalData {
  'extract.registered': ExtractVersion;
  'extract.refused': ExtractRefusal;
  'extract.withdrawn': ExtractWithdrawal;
  'step.done': StepDone;
  'lead.outcome': LeadOutcome;
  'leads.delivered': LeadsDelivered;
  'job.done': JobDone;
  'report.delivery': ReportDelivery;
  'month.signed': MonthSigned;
  'list.acknowledged': ListAcknowledged;
  'rule.backtest': RuleBacktest;
}

export type JournalType = keyof JournalData;
