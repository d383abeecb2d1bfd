/**
 * The gates: what must be there before an action may happen. A gate answers with the reason in the clerk's words and the
 * clause behind it, so that nobody has to guess what is still missing. Order of the questions: may this role, is it the
 * case's turn, is everything there.
 */
import type { Role } from '../../core/account.ts';
import { ACTIONS, type Action } from './forms.ts';
import { CONFIRM_GATES } from './gates/confirm.ts';
import type { Asked, CaseLead, Gate, Gates, Refusal } from './gates/gate.ts';
import { MOVE_GATES } from './gates/move.ts';
import { REVIEW_GATES } from './gates/review.ts';
import { VISIT_GATES } from './gates/visit.ts';
import { AVAILABLE_ACTIONS, STAGES, WHO_MAY } from './stages.ts';
import type { CaseState } from './state.ts';
import type { CaseTerms } from './terms.ts';

/** An action without a gate needs nothing but its turn and its role. */
const GATES: Gates = { ...VISIT_GATES, ...REVIEW_GATES, ...CONFIRM_GATES, ...MOVE_GATES };

/** Why an action may not happen now; null: it may. */
export function refusalOf(
  state: CaseState,
  asked: Asked,
  terms: CaseTerms,
  lead: CaseLead,
): Refusal | null {
  const { action, actor } = asked;
  if (!(WHO_MAY[action] as readonly Role[]).includes(actor.role))
    return {
      kind: 'role',
      code: 'role',
      zh: `${ACTIONS[action]}不属于您的岗位`,
      en: `this role does not ${action}`,
    };
  if (!(AVAILABLE_ACTIONS[state.stage] as readonly Action[]).includes(action))
    return {
      kind: 'stage',
      code: 'stage',
      zh: `当前为“${STAGES[state.stage]}”，不能${ACTIONS[action]}`,
      en: `the case stands at '${state.stage}'; '${action}' is not its turn`,
    };
  const check = GATES[action] as Gate<Action> | undefined;
  return check?.(state, asked, terms, lead) ?? null;
}

/** Actions whose turn it is and that this role may do; a gate may still ask for something. */
export function actionsFor({ stage }: CaseState, role: Role): Action[] {
  return (AVAILABLE_ACTIONS[stage] as readonly Action[]).filter((action) =>
    (WHO_MAY[action] as readonly Role[]).includes(role),
  );
}
