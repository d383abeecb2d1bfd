/** What the locality's notices say about a case on a day; looked up outside, because figures of policy are data. */

export interface CaseTerms {
  /** Fewest investigators of a visit, persons (R45). */
  readonly investigators: number;
  /** Nobody is admitted, and no benefit stopped, without a report of the means check (逢进必核). */
  readonly meansCheck: boolean;
  /** A home with a near relative of staff is checked by the county (R46). */
  readonly relativeCheck: boolean;
  /** Families of rules on a card from which a joint conference is held; null: none is asked for. */
  readonly conferenceFamilies: number | null;
  /** Who confirms dibao: the county's two bureaus, or the township with its signatures while the county files (R44). */
  readonly way: 'county' | 'township';
  /** Signatures under a township's confirmation. */
  readonly signatures: number;
  /** Direct recognition as marginal is in force (R14). */
  readonly direct: boolean;
  readonly extensions: readonly Extension[];
}

export type Extension = 'objection' | 'separated-registration' | 'other-place' | 'difficult-check';

/**
 * What was worked out from the notices when an act was made, days as `YYYY-MM-DD`. It is written down with the act: a gate
 * that somebody relied on is not moved by a later notice. Deadlines of staff are no gates and are worked out anew (clocks).
 */
export interface Fixed {
  /** post: last day of publicity; inform: last day to answer; notify: last day to ask for a review. */
  readonly until?: string | null;
  /** review: the way of confirmation and how many sign. */
  readonly way?: 'county' | 'township';
  readonly signatures?: number;
}

/** Days that the notices give, worked out when an act is made; null: the notices give none. `YYYY-MM-DD`. */
export interface NoticeDays {
  /** Last day of publicity of what was posted on a day. */
  publicityEnd(of: 'dibao' | 'monitored', posted: string): string | null;
  /** Last day on which a household that was told on a day may answer. */
  rebuttalEnd(informed: string): string | null;
  /** Last day on which somebody who received a notice on a day may ask for a review. */
  reviewUntil(received: string): string | null;
}
