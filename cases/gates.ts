/**
 * The gates: what must be there before an action may happen. A gate answers with the reason in the clerk's words and the
 * clause behind it, so that nobody has to guess what is still missing. Order of the questions: may this role, is it the
 * case's turn, is everything there.
 */
import type { Role } from '../core/account.ts';
import type { CaseLead, Refusal } from './gates/gate.ts';
import { STAGES } from './stages.ts';
import type { CaseState } from './state.ts';
import {
  actionOf,
  AVAILABLE_ACTIONS,
  TITLES,
  WHO_MAY,
  type Action,
  type Proposed,
} from './tables.ts';
import type { CaseTerms } from './terms.ts';

/** Why an action may not happen now; null: it may. */
export function refusalOf(
  state: CaseState,
  proposed: Proposed,
  terms: CaseTerms,
  lead: CaseLead,
): Refusal | null {
  const { action, actor } = proposed;
  if (!WHO_MAY[action].includes(actor.role))
    return {
      kind: 'role',
      code: 'role',
      zh: `${TITLES[action]}不属于您的岗位`,
      en: `this role does not ${action}`,
    };
  if (!AVAILABLE_ACTIONS[state.stage].includes(action))
    return {
      kind: 'stage',
      code: 'stage',
      zh: `当前为“${STAGES[state.stage]}”，不能${TITLES[action]}`,
      en: `the case stands at '${state.stage}'; '${action}' is not its turn`,
    };
  return actionOf(action).gate?.(state, proposed, terms, lead) ?? null;
}

/** Actions whose turn it is and that this role may do; a gate may still ask for something. */
export function actionsFor({ stage }: CaseState, role: Role): Action[] {
  return AVAILABLE_ACTIONS[stage].filter((action) => WHO_MAY[action].includes(role));
}
