/** What a gate is: a question that is asked of a case before an action, and the answer that shuts it. */
import type { Actor } from '../../core/account.ts';
import type { Month } from '../../core/month.ts';
import type { CaseState } from '../state.ts';
import type { CaseTerms } from '../terms.ts';

/** `stage`: not its turn. `role`: not theirs to do. `gate`: something is missing or contradicts. */
export interface Refusal {
  readonly kind: 'stage' | 'role' | 'gate';
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** What is known of the lead beside its actions. */
export interface CaseLead {
  /** Rules on the card that hold. */
  readonly rules: readonly string[];
  /** Different families among them. */
  readonly families: number;
  /** Somebody complained: every such home is visited (R29). */
  readonly complaint: boolean;
  /** Month in which it was opened. */
  readonly opened: Month;
}

/** An action that somebody wants to take. */
export interface Proposal<F = unknown> {
  readonly form: F;
  readonly actor: Actor;
  /** Today in Asia/Shanghai. */
  readonly day: string;
}

/** A gate that is shut: its code, and why in the clerk's words and in English. */
export const gate = (code: string, zh: string, en: string): Refusal => ({
  kind: 'gate',
  code,
  zh,
  en,
});

/** @returns null where the gate is open */
export type Gate<F> = (
  state: CaseState,
  proposal: Proposal<F>,
  terms: CaseTerms,
  lead: CaseLead,
) => Refusal | null;
