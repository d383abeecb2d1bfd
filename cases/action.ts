/**
 * Defines an action on a case. Each action has its own file, `actions/<name>.ts`, with everything the program needs
 * to know about it; tables, documents, the interface and the published figures are generated from these files.
 */
import type { z } from 'zod';
import type { Actor, Role } from '../core/account.ts';
import type { Gate, Proposal } from './gates/gate.ts';
import type { Passage } from './passages.ts';
import type { Stage } from './stages.ts';
import type { CaseState, Facts } from './state.ts';
import type { CaseTerms, Fixed, NoticeDays } from './terms.ts';

type NonEmpty<T> = readonly [T, ...T[]];

/** An action as taken, reduced to what affects the case. */
export interface Taken<F> {
  readonly form: F;
  readonly actor: Actor;
  /** Calendar day in Asia/Shanghai. */
  readonly day: string;
  readonly fixed: Fixed;
}

/** A stage in the published figures that an action can mark as passed. */
interface Passing {
  readonly passage: Passage;
  /** Counts only if taken by this role. */
  readonly by?: Role;
  /** Counts only for the last signature the locality requires. */
  readonly lastSignature?: true;
}

export interface CaseAction<F extends z.ZodType = z.ZodType> {
  /** Chinese label shown on screens and in the case history. */
  readonly title: string;
  /**
   * Form fields filled in by the person taking the action. The journal and the interface use these names: renaming
   * one breaks both.
   */
  readonly form: F;
  /** Roles that may take it; the account's region limits where. */
  readonly who: NonEmpty<Role>;
  /** Stages at which it may be taken. */
  readonly from: NonEmpty<Stage>;
  /** Further preconditions; null: only stage and role are checked. */
  readonly gate: Gate<z.infer<F>> | null;
  /**
   * What it changes; `{}`: only the history. Must not look anything up: the same acts must give the same case
   * anywhere.
   */
  readonly change: (state: CaseState, act: Taken<z.infer<F>>) => Partial<Facts>;
  /**
   * Sort position in tables and documents (`listed`) and among the steps offered to a user (`offered`); ascending,
   * ties by name.
   */
  readonly order: { readonly listed: number; readonly offered: number };
  /** What is computed from the notices and recorded with the act. */
  readonly fix?: (
    state: CaseState,
    proposal: Pick<Proposal<z.infer<F>>, 'form' | 'day'>,
    terms: CaseTerms,
    days: NoticeDays,
  ) => Fixed;
  /** Stages of the published figures that a case passes with this action. */
  readonly passes?: readonly Passing[];
  /** Restarts the count of signatures. */
  readonly newRound?: true;
  /** Undoes the answer to the lead, or the previous action. `store/projection.ts` refers to these by name. */
  readonly takesBack?: 'answer' | 'action';
  /** Taken by the receiving county before it can read the case. */
  readonly byReceivingCounty?: true;
}

/** Defines an action, typing its gate and its change by its form. */
export function defineAction<F extends z.ZodType>(action: CaseAction<F>): CaseAction<F> {
  return action;
}
