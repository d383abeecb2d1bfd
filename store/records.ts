/**
 * The kinds of journal records and what each carries: counts, codes and digests, and of a case the pseudonymous figures of
 * its forms. Nothing in it names a person.
 */
import type { Actor, Role } from '../core/account.ts';
import type { Month } from '../core/month.ts';

export interface ExtractKey {
  readonly agency: string;
  readonly dataset: string;
  readonly month: Month;
}

export interface RowReason {
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
  readonly reasons: readonly RowReason[];
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
  readonly reasons: readonly RowReason[];
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

/** One action on a case, with what it made of the case, so that the ledger needs no rules to be built anew. */
export interface CaseAct {
  readonly lead_id: string;
  /** 1 for the first action of a case. */
  readonly version: number;
  readonly action: string;
  /** What the action's form says: pseudonymous figures, codes, digests, and words that hold no identifier. */
  readonly form: Readonly<Record<string, unknown>>;
  readonly by: Actor;
  /** Calendar day in Asia/Shanghai. */
  readonly day: string;
  /** The request's key, and the digest of what it asked: the same again changes nothing. */
  readonly key: string;
  readonly body: string;
  readonly batch: string | null;
  /** What the notices said on that day. */
  readonly fixed: Readonly<Record<string, unknown>>;
  /** Where the case stands now, and whose it is. */
  readonly stage: string;
  /** Clocks that run: since when (null: since the county has the lead), and in which variant. */
  readonly running: readonly {
    readonly clock: string;
    readonly since: string | null;
    readonly variant: string;
  }[];
  readonly county: string;
  readonly township: string | null;
  /** null: the case has not ended. */
  readonly outcome: {
    readonly kind: LeadOutcome['outcome'];
    readonly civil: string | null;
    readonly rural: string | null;
    readonly code: string | null;
    readonly clause: string;
    readonly reason: string;
  } | null;
  /** `tracks`: the two bureaus decided differently. `levels`: the county otherwise than the township. */
  readonly diverges: readonly string[];
}

/** Acts of several people, written down together. */
export interface CaseActed {
  readonly acts: readonly CaseAct[];
}

/** Somebody found a home that no rule told of (R7, R57): a lead of its own, or one more reason on the open one. */
export interface LeadReported {
  readonly lead_id: string;
  /** false: the home had an open lead, which this joins. */
  readonly opened: boolean;
  readonly direction: 'need' | 'exit' | 'correction';
  readonly household_id: string | null;
  readonly person_id: string | null;
  readonly county: string;
  readonly township: string;
  readonly month: Month;
  readonly kind: 'finding' | 'complaint' | 'hotline' | 'application' | 'emergency' | 'marginal';
  readonly priority: number;
  readonly note: string;
  readonly by: Actor;
  readonly key: string;
}

/** What an administrator has decided of an account; the last one of a name counts. No secret is ever in it. */
export interface AccountSet {
  readonly name: string;
  readonly role: Role;
  /** Division code of 6, 9 or 12 digits. */
  readonly region: string;
  /** Last day; null: until it is closed. */
  readonly expires: string | null;
  readonly active: boolean;
  /** Name of an account, or of the operator at the command line. */
  readonly by: string;
}

/** A county's people were reminded of what falls due; whoever reads it is found by role and region. */
export interface CasesReminded {
  readonly county: string;
  readonly day: string;
  readonly reminders: readonly {
    readonly lead_id: string;
    readonly township: string | null;
    readonly clock: string;
    readonly due: string;
    /** soon: falls due within days. over: is late. escalated: is late for so long that the supervisor is told. */
    readonly level: 'soon' | 'over' | 'escalated';
  }[];
}

/** The seed of a month's sample, fixed before anybody knows what it will be drawn from (G21). */
export interface SampleSeeded {
  readonly county: string;
  readonly month: Month;
  readonly seed: string;
  readonly by: Actor;
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
  'lead.reported': LeadReported;
  'case.acted': CaseActed;
  'cases.reminded': CasesReminded;
  'sample.seeded': SampleSeeded;
  'leads.delivered': LeadsDelivered;
  'job.done': JobDone;
  'report.delivery': ReportDelivery;
  'month.signed': MonthSigned;
  'list.acknowledged': ListAcknowledged;
  'account.set': AccountSet;
  'rule.backtest': RuleBacktest;
}

export type JournalType = keyof JournalData;
