/**
 * What the server says to the page and to a county's own system. Months are `YYYY-MM`, instants ISO 8601, codes text;
 * counts are exact: whoever may read them works inside civil affairs' own scope (reliability promise G24).
 */

/** GET /api/home */
export interface HomeAnswer {
  readonly province: { readonly code: string; readonly name: string };
  /** Months that have been run, ascending. */
  readonly months: readonly string[];
  /** Where jobs are kept: `embedded` or `redis`. */
  readonly queue: string;
  /** When the figures were published; null: nothing has been run yet. */
  readonly published_at: string | null;
  /** The home was made by `doudi demo`: synthetic people. */
  readonly demo: boolean;
}

export interface SourceAnswer {
  readonly agency: string;
  readonly dataset: string;
  /** Chinese name of agency and dataset, e.g. 教育 学籍. */
  readonly title: string;
  /** Newest month of it up to the month asked for; null: nothing yet. */
  readonly stands_at: string | null;
  /** Of the month it stands at. */
  readonly version: number | null;
  readonly rows: number;
  readonly quarantined: number;
  readonly received_at: string | null;
  /** Files refused for the month asked for since its last accepted one. */
  readonly refused: number;
  /** What it was like month by month, in the order of the answer's `months`; null: nothing was handed in. */
  readonly quality: readonly (QualityAnswer | null)[];
}

/** One month of a source. */
export interface QualityAnswer {
  /** Rows taken in of the newest version; null: every file was refused. */
  readonly rows: number | null;
  readonly quarantined: number | null;
  /** Bad rows of all rows, 0 to 1. */
  readonly share: number | null;
  readonly versions: number;
  /** Files refused, all of the month. */
  readonly refused: number;
  /** From the end of the month to the first accepted version. */
  readonly days_after_month: number | null;
}

export interface StepAnswer {
  /** identify, profile, warn, openLeads, pushLeads, exportLists: steps that write a decision down. */
  readonly step: string;
  readonly rows: number;
  /** Counts of the step by name, e.g. opened, updated, struck. */
  readonly counts: Readonly<Record<string, number>>;
  readonly finished_at: string;
}

export interface RuleAnswer {
  readonly id: string;
  readonly title: string;
  readonly title_en: string;
  readonly subject: 'person' | 'household';
  readonly direction: 'need' | 'exit' | 'correction';
  readonly priority: number;
  /** Clauses, e.g. 黔民发〔2023〕2号 二（一）. */
  readonly basis: readonly string[];
  /** What the condition says, in Chinese words. */
  readonly words: string;
  readonly advice: string;
  readonly limits: string;
  /** Hits of the month; null: could be decided nowhere. */
  readonly hits: number | null;
  /** Hits per month up to the one asked for, in the order of the answer's `months`; null: not evaluated. */
  readonly history: readonly (number | null)[];
  /** Counties where it was not evaluated, and what was missing. */
  readonly not_evaluated: readonly { readonly missing: string; readonly counties: number }[];
}

/** A rule that found nobody or far from its usual number; the month's lists wait until somebody signs it off. */
export interface AlarmAnswer {
  readonly rule: string;
  readonly hits: number;
  readonly usual: number;
  readonly kind: 'none' | 'few' | 'many';
}

export interface CountyAnswer {
  readonly code: string;
  readonly name: string;
  readonly prefecture: string;
  readonly warnings: number;
  /** Leads open at the end of the month. */
  readonly open: number;
  /** Opened in the month. */
  readonly opened: number;
  /** Open ones by priority, index 0 = priority 1. */
  readonly by_priority: readonly [number, number, number, number];
}

/** GET /api/months/:month */
export interface MonthAnswer {
  readonly month: string;
  /** The months `history` runs over, ascending, up to the month asked for. */
  readonly months: readonly string[];
  readonly warnings: number;
  readonly leads: {
    /** At the end of the month. */
    readonly open: number;
    /** In the month. */
    readonly opened: number;
    /** Cards that something happened on in the month, and that stand so at its end. */
    readonly struck: number;
    readonly closed: number;
    /** Of the open ones. */
    readonly by_direction: Readonly<Record<'need' | 'exit' | 'correction', number>>;
  };
  readonly alarms: readonly AlarmAnswer[];
  readonly sources: readonly SourceAnswer[];
  readonly steps: readonly StepAnswer[];
  readonly rules: readonly RuleAnswer[];
  readonly counties: readonly CountyAnswer[];
}

export interface QueueLeadAnswer {
  readonly lead_id: string;
  readonly direction: 'need' | 'exit' | 'correction';
  readonly household_id: string | null;
  readonly person_id: string | null;
  readonly township: string | null;
  readonly township_name: string | null;
  readonly opened_month: string;
  readonly status: 'open' | 'struck' | 'closed';
  readonly priority: number;
  /** Rules on the card. */
  readonly rules: readonly string[];
  /** waiting: on its way; delivered: in the county's queue; dead: given up, someone must look. */
  readonly delivery: 'waiting' | 'delivered' | 'dead';
  /** null: the lead is not open. */
  readonly score: ScoreAnswer | null;
}

/** How urgent among leads of one priority, with the arithmetic in words. */
export interface ScoreAnswer {
  readonly value: number;
  readonly words: string;
  readonly words_en: string;
}

/** GET /api/counties/:code/leads?month=M[&page=1][&size=50][&direction=][&priority=][&rule=][&status=open][&order=priority|score|opened|township] */
export interface CountyLeadsAnswer {
  readonly county: { readonly code: string; readonly name: string; readonly prefecture: string };
  readonly month: string;
  readonly total: number;
  readonly page: number;
  readonly size: number;
  readonly leads: readonly QueueLeadAnswer[];
}

export interface EvidenceAnswer {
  readonly rule: string;
  readonly title: string;
  readonly title_en: string;
  readonly person_id: string | null;
  readonly since: string;
  /** false: the warning no longer holds. */
  readonly holds: boolean;
  /** One sentence a clerk can read out, Chinese and English. */
  readonly sentence: string;
  readonly sentence_en: string;
  readonly basis: readonly string[];
  readonly advice: string;
  readonly limits: string;
}

/** GET /api/leads/:id — also the card that a county's own system fetches for a job's lead_id. */
export interface LeadAnswer extends QueueLeadAnswer {
  readonly county: string;
  readonly county_name: string;
  readonly evidence: readonly EvidenceAnswer[];
  readonly delivered_at: string | null;
  readonly outcome: {
    readonly month: string;
    readonly outcome: string;
    readonly reason: string;
    readonly clause: string;
  } | null;
}

interface WhyInWords {
  readonly missing: readonly string[];
  /** Every condition with its value, threshold and clause; indented by two per level. */
  readonly reasoning: readonly string[];
  readonly dates: readonly string[];
  /** The nearest change under which it would come out the other way. */
  readonly nearest: string;
  /** Extract, version and lines. */
  readonly sources: readonly string[];
}

/** GET /api/leads/:id/why: one entry per warning on the lead that still holds. */
export interface LeadWhyAnswer {
  readonly reasons: readonly {
    readonly rule: string;
    readonly person_id: string | null;
    readonly month: string;
    readonly zh: WhyInWords;
    readonly en: WhyInWords;
  }[];
}

/** GET /api/queues */
export interface QueuesAnswer {
  readonly backend: string;
  /** null: the queue cannot be reached just now; leads wait in the ledger. */
  readonly reachable_since: string | null;
  readonly counties: readonly {
    readonly code: string;
    readonly name: string;
    readonly consumer: 'built-in' | 'external';
    readonly webhook: boolean;
    /** Sent on their way by the ledger and not yet delivered. */
    readonly waiting: number;
    readonly delivered: number;
    readonly dead: number;
  }[];
}

/** GET /api/schedule */
export interface ScheduleAnswer {
  readonly jobs: readonly {
    /** e.g. `run`, `lists`, `collect education/enrolment` */
    readonly job: string;
    readonly title: string;
    readonly pattern: string;
    readonly next_at: string | null;
    /** Newest month it is done for. */
    readonly done_month: string | null;
    readonly done_at: string | null;
    /** Months that are due and not done, ascending. */
    readonly due: readonly string[];
  }[];
}

/** GET /api/lists?month=M */
export interface ListsAnswer {
  readonly month: string;
  readonly lists: readonly {
    readonly list: string;
    readonly title: string;
    /** Chinese names of the departments. */
    readonly from: string;
    readonly recipient: string;
    readonly clause: string;
    /** Newest version over all counties. */
    readonly version: number;
    readonly counties: number;
    readonly rows: number;
  }[];
}

/** Any answer that is not 200. */
export interface ProblemAnswer {
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
}
