/**
 * Tables derived from the files in `actions/`: forms, titles, what may be done at each stage and by whom. Nothing
 * is declared here a second time.
 */
import type { z } from 'zod';
import type { Role } from '../core/account.ts';
import type { CaseAction, Taken } from './action.ts';
import { CASE_ACTIONS } from './actions/index.ts';
import type { Proposal } from './gates/gate.ts';
import { STAGES, type Stage } from './stages.ts';

type Files = typeof CASE_ACTIONS;

export type Action = keyof Files;
export type Form<A extends Action> = z.infer<Files[A]['form']>;

/** An action somebody wants to take, by name. */
export type Proposed = {
  [A in Action]: Proposal<Form<A>> & { readonly action: A };
}[Action];

/** One action as recorded. */
export type Act = {
  [A in Action]: Taken<Form<A>> & {
    readonly lead_id: string;
    /** 1 for the first action of a case. */
    readonly version: number;
    readonly action: A;
    /** Instant of the action. */
    readonly at: string;
    /** For a batch action: the id of the batch. */
    readonly batch: string | null;
  };
}[Action];

const compare = (a: string, b: string): number => (a < b ? -1 : 1);

/** All actions, in document order. */
export const ACTION_NAMES: readonly Action[] = (Object.keys(CASE_ACTIONS) as Action[]).sort(
  (a, b) => CASE_ACTIONS[a].order.listed - CASE_ACTIONS[b].order.listed || compare(a, b),
);

/** An action with its type erased; its form has already been checked. */
export function actionOf(action: Action): CaseAction {
  return CASE_ACTIONS[action];
}

function tableOf<T>(of: (action: CaseAction) => T): Readonly<Record<Action, T>> {
  return Object.fromEntries(ACTION_NAMES.map((name) => [name, of(actionOf(name))])) as Readonly<
    Record<Action, T>
  >;
}

export const FORMS = tableOf(({ form }) => form) as { readonly [A in Action]: Files[A]['form'] };

export const TITLES = tableOf(({ title }) => title);

/** Who may take which action; the account's region limits where. */
export const WHO_MAY: Readonly<Record<Action, readonly Role[]>> = tableOf(({ who }) => who);

/** Possible next actions at each stage, in the order offered. The gates decide whether each is allowed now. */
export const AVAILABLE_ACTIONS = Object.fromEntries(
  (Object.keys(STAGES) as Stage[]).map((stage) => [
    stage,
    ACTION_NAMES.filter((name) => actionOf(name).from.includes(stage)).sort(
      (a, b) => CASE_ACTIONS[a].order.offered - CASE_ACTIONS[b].order.offered || compare(a, b),
    ),
  ]),
) as unknown as Readonly<Record<Stage, readonly Action[]>>;
