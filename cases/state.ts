/** The state of a case as built up by its acts. The action files define the acts; nothing here knows one by name. */
import type { Actor, Role } from '../core/account.ts';
import type { CivilFinding, FalseAlarm, RuralFinding } from './findings.ts';
import type { Stage } from './stages.ts';
import type { Extension } from './terms.ts';

export type Direction = 'need' | 'exit' | 'correction';

export interface Opinion<F> {
  readonly finding: F;
  readonly code?: FalseAlarm | undefined;
  readonly clause?: string | undefined;
  readonly reason: string;
  readonly by: string;
  readonly day: string;
}

/** The civil-affairs track: persons and the household's yuan per month, if something is granted. */
export interface CivilOpinion extends Opinion<CivilFinding> {
  readonly members?: number | undefined;
  readonly amount_month?: string | undefined;
}

/** How a case ended. */
export interface CaseOutcome {
  readonly civil: CivilFinding | null;
  readonly rural: RuralFinding | null;
  readonly code: FalseAlarm | null;
  readonly clause: string;
  readonly reason: string;
  /** In the ledger's terms: assisted, not_eligible, unfounded. */
  readonly kind: 'assisted' | 'not_eligible' | 'unfounded';
}

export interface CaseState {
  readonly lead_id: string;
  readonly direction: Direction;
  /** Number of actions so far: an actor states which version they saw. */
  readonly version: number;
  readonly county: string;
  readonly township: string | null;
  readonly last: { readonly action: string; readonly by: Actor; readonly at: string } | null;
  readonly taken: { readonly by: string; readonly day: string } | null;
  readonly attempts: number;
  /**
   * The newest visit that counts: its day, the day of the first one, which starts a clock, and whether a near
   * relative of staff lives there.
   */
  readonly visit: {
    readonly on: string;
    readonly since: string;
    readonly relative_of_staff: boolean;
    readonly by: string;
  } | null;
  readonly registered: boolean;
  /** null: the county has not checked. */
  readonly countyCheck: boolean | null;
  readonly application: {
    readonly day: string;
    readonly applied_for: string;
    readonly extension: Extension | null;
  } | null;
  readonly meansCheck: string | null;
  readonly opinion: {
    readonly civil: CivilOpinion;
    readonly rural: Opinion<RuralFinding>;
    readonly by: string;
    readonly way: 'county' | 'township';
    readonly signatures: number;
  } | null;
  /** What the village was last shown, and since when. */
  readonly posted: {
    readonly on: string;
    readonly civil: Pick<CivilOpinion, 'finding' | 'members' | 'amount_month'> | null;
    readonly rural: boolean;
    readonly until: string | null;
  } | null;
  readonly objection: 'open' | 'answered' | null;
  /** Day on which somebody objected, responded or asked for a review. */
  readonly objected: string | null;
  readonly informed: { readonly on: string; readonly until: string | null } | null;
  readonly conference: boolean;
  readonly civil: Opinion<CivilFinding> | null;
  readonly rural: Opinion<RuralFinding> | null;
  readonly signed: readonly { readonly role: Role; readonly by: string }[];
  readonly filed: boolean;
  readonly notified: { readonly on: string; readonly until: string | null } | null;
  readonly announced: boolean;
  readonly dismissal: {
    readonly code: FalseAlarm;
    readonly clause: string;
    readonly reason: string;
    readonly by: string;
    /** Somebody else agreed, and the case ends. */
    readonly agreed: boolean;
  } | null;
  /** Day on which help was given in advance. */
  readonly aid: { readonly day: string; readonly papers: boolean } | null;
  readonly direct: { readonly civil: string | null; readonly rural: string | null };
  readonly handOff: { readonly county: string; readonly township: string | null } | null;
  /** Accounts that investigated and that reviewed: none of them may confirm. */
  readonly investigators: readonly string[];
  readonly reviewers: readonly string[];
  /** Day from which visits count again; null: all visits count. */
  readonly startedOver: string | null;
  readonly outcome: CaseOutcome | null;
  /** Day of the outcome. */
  readonly ended: string | null;
  readonly stage: Stage;
  /** The case before its last action, if that action was part of a batch. */
  readonly before: CaseState | null;
}

/** A lead nobody has acted on. */
export function newCase(lead: {
  readonly lead_id: string;
  readonly direction: Direction;
  readonly county: string;
  readonly township: string | null;
}): CaseState {
  return {
    lead_id: lead.lead_id,
    direction: lead.direction,
    county: lead.county,
    township: lead.township,
    version: 0,
    last: null,
    taken: null,
    attempts: 0,
    visit: null,
    registered: false,
    countyCheck: null,
    application: null,
    meansCheck: null,
    opinion: null,
    posted: null,
    objection: null,
    objected: null,
    informed: null,
    conference: false,
    civil: null,
    rural: null,
    signed: [],
    filed: false,
    notified: null,
    announced: false,
    dismissal: null,
    aid: null,
    direct: { civil: null, rural: null },
    handOff: null,
    investigators: [],
    reviewers: [],
    startedOver: null,
    outcome: null,
    ended: null,
    stage: 'dispatched',
    before: null,
  };
}

/** What acts set directly; stage and ending follow from it. */
export type Facts = Omit<CaseState, 'stage' | 'outcome' | 'ended' | 'before' | 'last' | 'version'>;

/** No decision yet: a new opinion or an objection sets aside earlier decisions. */
export const UNDECIDED = {
  civil: null,
  rural: null,
  signed: [],
  filed: false,
  notified: null,
} as const;
