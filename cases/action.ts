/**
 * What an action on a case is. Each stands in a file of its own, `actions/<name>.ts`, with everything that the program
 * needs to know of it; tables, documents, the interface and the published figures are made from these files.
 */
import type { z } from 'zod';
import type { Actor, Role } from '../core/account.ts';
import type { Gate, Proposal } from './gates/gate.ts';
import type { Passage } from './passages.ts';
import type { Stage } from './stages.ts';
import type { CaseState, Facts } from './state.ts';
import type { CaseTerms, Fixed, NoticeDays } from './terms.ts';

type NonEmpty<T> = readonly [T, ...T[]];

/** An action as it was taken, as far as the case goes by it. */
export interface Taken<F> {
  readonly form: F;
  readonly actor: Actor;
  /** Calendar day in Asia/Shanghai. */
  readonly day: string;
  readonly fixed: Fixed;
}

/** A station that a case passes with an action. */
interface Passing {
  readonly passage: Passage;
  /** Only where somebody of this role took it. */
  readonly by?: Role;
  /** Only the last signature that the locality asks for. */
  readonly lastSignature?: true;
}

export interface CaseAction<F extends z.ZodType = z.ZodType> {
  /** Chinese, as it stands on screens and in the history of a case. */
  readonly title: string;
  /** What whoever takes it fills in. Journal and interface have these fields: renaming one breaks both. */
  readonly form: F;
  /** Roles that may take it; where, the account's region says. */
  readonly who: NonEmpty<Role>;
  /** Stages at which it is its turn. */
  readonly from: NonEmpty<Stage>;
  /** What must be there besides; null: nothing but its turn and its role. */
  readonly gate: Gate<z.infer<F>> | null;
  /** What it changes; `{}`: nothing but the history. It looks nothing up: the same acts give the same case anywhere. */
  readonly change: (state: CaseState, act: Taken<z.infer<F>>) => Partial<Facts>;
  /**
   * Place in tables and documents (`listed`), and among the steps that a person is offered (`offered`); smaller comes
   * first, equal ones by name.
   */
  readonly order: { readonly listed: number; readonly offered: number };
  /** What is worked out from the notices and written down with it. */
  readonly fix?: (
    state: CaseState,
    proposal: Pick<Proposal<z.infer<F>>, 'form' | 'day'>,
    terms: CaseTerms,
    days: NoticeDays,
  ) => Fixed;
  /** Stations of the published figures that a case passes with it. */
  readonly passes?: readonly Passing[];
  /** With it the signatures are counted from one again. */
  readonly newRound?: true;
  /** It takes back the answer to the lead, or the action before it. `store/projection.ts` knows these by name. */
  readonly takesBack?: 'answer' | 'action';
  /** The county that is to take the case over does it, before the case is theirs to read. */
  readonly byReceivingCounty?: true;
}

/** Says what an action is, with the types of its form in its gate and its change. */
export function defineAction<F extends z.ZodType>(action: CaseAction<F>): CaseAction<F> {
  return action;
}
