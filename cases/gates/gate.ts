/** Defines a gate: a check on a case before an action, and the reason for refusing. */
import type { Actor } from '../../core/account.ts';
import type { Month } from '../../core/month.ts';
import type { CaseState } from '../state.ts';
import type { CaseTerms } from '../terms.ts';

/** `stage`: not at this stage. `role`: not for this role. `gate`: something is missing or contradictory. */
export interface Refusal {
  readonly kind: 'stage' | 'role' | 'gate';
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** What is known about the lead besides its actions. */
export interface CaseLead {
  /** Rules on the card that currently hold. */
  readonly rules: readonly string[];
  /** Number of distinct families among them. */
  readonly families: number;
  /** Somebody complained: every such home must be visited (R29). */
  readonly complaint: boolean;
  /** Month in which the lead was opened. */
  readonly opened: Month;
}

/** An action somebody wants to take. */
export interface Proposal<F = unknown> {
  readonly form: F;
  readonly actor: Actor;
  /** Today in Asia/Shanghai. */
  readonly day: string;
}

/** A closed gate: its code, and the reason in the clerk's words and in English. */
export const gate = (code: string, zh: string, en: string): Refusal => ({
  kind: 'gate',
  code,
  zh,
  en,
});

/** @returns null if the gate is open */
export type Gate<F> = (
  state: CaseState,
  proposal: Proposal<F>,
  terms: CaseTerms,
  lead: CaseLead,
) => Refusal | null;
