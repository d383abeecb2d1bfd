/**
 * The gates: preconditions of an action. A gate answers with the reason in the clerk's words and the clause behind
 * it, so that nobody has to guess what is missing. Checked in order: role, stage, completeness.
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

/** Why an action may not be taken now; null: it may. */
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

/** Actions available to this role at this stage; a gate may still refuse them. */
export function actionsFor({ stage }: CaseState, role: Role): Action[] {
  return AVAILABLE_ACTIONS[stage].filter((action) => WHO_MAY[action].includes(role));
}
