/** What the locality's notices say about a case on a day; looked up outside, because policy figures are data. */

export interface CaseTerms {
  /** Minimum number of investigators of a visit (R45). */
  readonly investigators: number;
  /** Nobody is admitted and no benefit stopped without a means-check report (逢进必核). */
  readonly meansCheck: boolean;
  /** A home with a near relative of staff is checked by the county (R46). */
  readonly relativeCheck: boolean;
  /** Number of rule families on a card from which a joint conference is held; null: never required. */
  readonly conferenceFamilies: number | null;
  /** Who confirms dibao: the county's two bureaus, or the township by its signatures, with the county filing (R44). */
  readonly way: 'county' | 'township';
  /** Signatures required for a township's confirmation. */
  readonly signatures: number;
  /** Direct recognition as marginal is in force (R14). */
  readonly direct: boolean;
  readonly extensions: readonly Extension[];
}

export type Extension = 'objection' | 'separated-registration' | 'other-place' | 'difficult-check';

/**
 * What was computed from the notices when an act was made, days as `YYYY-MM-DD`. It is recorded with the act: a
 * later notice does not move a gate somebody relied on. Staff deadlines are not gates and are recomputed (clocks).
 */
export interface Fixed {
  /** post: last day of publicity; inform: last day to respond; notify: last day to ask for a review. */
  readonly until?: string | null;
  /** review: the way of confirmation and the number of signatures. */
  readonly way?: 'county' | 'township';
  readonly signatures?: number;
}

/** Days set by the notices, computed when an act is made; null: the notices set none. `YYYY-MM-DD`. */
export interface NoticeDays {
  /** Last day of publicity for something posted on a given day. */
  publicityEnd(of: 'dibao' | 'monitored', posted: string): string | null;
  /** Last day on which a household informed on a given day may respond. */
  rebuttalEnd(informed: string): string | null;
  /** Last day to ask for a review of a notice received on a given day. */
  reviewUntil(received: string): string | null;
}
