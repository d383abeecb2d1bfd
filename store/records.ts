/**
 * The kinds of journal records and their content: counts, codes and digests, and for cases the pseudonymous figures of
 * their forms. Nothing identifies a person.
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
 * folder named by hand. Records from before 0023 have neither `origin` nor `copied`.
 */
export interface ExtractVersion extends ExtractKey {
  readonly version: number;
  readonly file: string;
  /** Digest of the delivered bytes. */
  readonly sha256: string;
  /** Digest of the checked Parquet in the lake. */
  readonly lake_sha256: string;
  readonly rows: number;
  readonly quarantined: number;
  /** Bad rows per reason code; the first hundred are listed in `reasons`. */
  readonly reason_counts: Readonly<Record<string, number>>;
  readonly reasons: readonly RowReason[];
  /** Columns not in the contract. */
  readonly ignored_columns: readonly string[];
  /** County codes that the manifest declares; null: the whole province. */
  readonly counties: readonly string[] | null;
  /** Rows accepted despite an unknown township or village code. */
  readonly unknown_places: number;
  readonly origin?: string | null;
  /** Bad rows in the copy for the department; 0: no copy. */
  readonly copied?: number;
}

export interface ExtractRefusal extends ExtractKey {
  readonly file: string;
  readonly sha256: string;
  readonly code: string;
  readonly reasons: readonly RowReason[];
  readonly origin?: string | null;
  /** Findings in the rows; null: the file was refused before any row was checked. */
  readonly findings?: {
    readonly records: number;
    readonly quarantined: number;
    readonly reason_counts: Readonly<Record<string, number>>;
    readonly copied: number;
  } | null;
}

/** Delivery status of the answer to an extract; written when it changes, not on each attempt. */
export interface ReportDelivery {
  /** Journal number of the answered extract. */
  readonly record: number;
  /** Name of the source as in the extract's record. */
  readonly origin: string;
  readonly channel: 'beside' | 'webhook';
  readonly outcome: 'done' | 'failed';
  /** Why it failed; empty otherwise. */
  readonly code: string;
}

/** A version of an extract is withdrawn, or reinstated (`withdrawn` false). */
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
  /** Digest of everything the step read; if equal, there is nothing to do. */
  readonly fingerprint: string;
  readonly rows: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Bulk decisions: file name (its digest) in `decisions/`, by the table it belongs to. */
  readonly files: Readonly<Record<string, string>>;
  readonly detail: readonly unknown[];
  /** Duration; absent in records from before 0010. */
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

/** Where a lead is delivered: the county's queue in this program, the county's own system, or its webhook. */
export type Channel = 'inbox' | 'external' | 'webhook';

/** Leads with the same outcome in one record: thousands arrive within seconds of a run. */
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

/** A scheduled job is done for a month. */
export interface JobDone {
  readonly job: string;
  readonly month: Month;
  readonly counts: Readonly<Record<string, number>>;
}

/** Somebody reviewed a month whose rules found unusual numbers and accepted it. */
export interface MonthSigned {
  readonly month: Month;
  readonly by: string;
  readonly note: string;
  /** `RULE kind` of each alarm raised then. */
  readonly alarms: readonly string[];
}

/** A recipient acknowledged a version of a list. */
export interface ListAcknowledged {
  readonly month: Month;
  readonly list: string;
  readonly county: string;
  readonly recipient: string;
  readonly version: number;
  readonly by: string;
}

/** One action on a case with the resulting state, so that the ledger can be rebuilt without the rules. */
export interface CaseAct {
  readonly lead_id: string;
  /** 1 for the first action of a case. */
  readonly version: number;
  readonly action: string;
  /** The action's form: pseudonymous figures, codes, digests, and text without identifiers. */
  readonly form: Readonly<Record<string, unknown>>;
  readonly by: Actor;
  /** Calendar day in Asia/Shanghai. */
  readonly day: string;
  /** The request's idempotency key, and the digest of its content: repeating it changes nothing. */
  readonly key: string;
  readonly body: string;
  readonly batch: string | null;
  /** The notices in force on that day. */
  readonly fixed: Readonly<Record<string, unknown>>;
  /** The case's current stage and owner. */
  readonly stage: string;
  /** Running clocks: start (null: since the county received the lead) and variant. */
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

/** Acts of several people in one record. */
export interface CaseActed {
  readonly acts: readonly CaseAct[];
}

/** Somebody reported a home that no rule found (R7, R57): a new lead, or another reason on the open one. */
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

/** An administrator's decision on an account; the last one for a name is in force. Never holds a secret. */
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

/** A county's staff were reminded of what falls due; recipients are determined by role and region. */
export interface CasesReminded {
  readonly county: string;
  readonly day: string;
  readonly reminders: readonly {
    readonly lead_id: string;
    readonly township: string | null;
    readonly clock: string;
    readonly due: string;
    /** soon: due within days. over: late. escalated: late for so long that the supervisor is notified. */
    readonly level: 'soon' | 'over' | 'escalated';
  }[];
}

/** The seed of a month's sample, fixed before the population is known (G21). */
export interface SampleSeeded {
  readonly county: string;
  readonly month: Month;
  readonly seed: string;
  readonly by: Actor;
}

/** Homes found in a county by the rule as it stands and as tried. */
export interface BacktestCounty {
  readonly county: string;
  readonly before: number;
  readonly after: number;
  readonly gained: number;
  readonly lost: number;
}

/** Somebody tried a rule with other figures or as another version over past months and kept the counts. */
export interface RuleBacktest {
  readonly rule: string;
  /** The version in force it was compared with. */
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
