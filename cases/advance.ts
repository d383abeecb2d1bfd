/**
 * Folds a case's actions into its state. The state is derived from the actions alone, so the same actions give the
 * same state on any machine and after any rebuild; nothing in here looks anything up.
 */
import {
  FALSE_ALARMS,
  HELPS,
  TOLD_IN_WRITING,
  type CivilFinding,
  type RuralFinding,
} from './findings.ts';
import { mustPost } from './posting.ts';
import type { Stage } from './stages.ts';
import type { CaseOutcome, CaseState, Facts } from './state.ts';
import { actionOf, type Act } from './tables.ts';

/** Whether the household must receive the decision in writing before the case ends. */
function mustNotify({ civil, direction, application }: Facts): boolean {
  return (
    civil !== null &&
    TOLD_IN_WRITING.has(civil.finding) &&
    (direction === 'exit' || application !== null)
  );
}

const answered = ({ civil, rural, opinion, filed }: Facts): boolean =>
  civil !== null && rural !== null && (opinion?.way !== 'township' || filed);

function stageOf(facts: Facts, ended: boolean): Stage {
  if (facts.handOff !== null) return 'handed_off';
  if (ended) return facts.aid !== null && !facts.aid.papers ? 'papers_due' : 'closed';
  if (facts.dismissal !== null) return 'dismissing';
  if (facts.direct.civil !== null || facts.direct.rural !== null) return 'recognising';
  if (facts.objection !== null) return 'objected';
  if (answered(facts)) return 'to_notify';
  if (facts.civil !== null && facts.rural !== null) return 'to_file';
  if (facts.civil !== null || facts.rural !== null || facts.signed.length > 0) return 'confirming';
  if (facts.informed !== null) return 'informed';
  if (facts.opinion !== null)
    return facts.posted !== null && !mustPost(facts) ? 'posted' : 'reviewed';
  if (facts.taken === null) return 'dispatched';
  if (facts.visit === null) return facts.application === null ? 'taken' : 'accepted';
  if (facts.meansCheck !== null) return 'checked';
  return facts.application === null ? 'visited' : 'accepted';
}

/** How a case that has just been decided ends; null: it has not ended yet. */
function outcomeOf(facts: Facts): CaseOutcome | null {
  if (facts.dismissal?.agreed === true) {
    const { code, clause, reason } = facts.dismissal;
    const kind = FALSE_ALARMS[code].wrong ? 'unfounded' : 'not_eligible';
    return { civil: null, rural: null, code, clause, reason, kind };
  }
  if (facts.direct.civil !== null && facts.direct.rural !== null)
    return {
      civil: 'marginal',
      rural: 'already_monitored',
      code: null,
      clause: '',
      reason: '',
      kind: 'assisted',
    };
  const { civil, rural } = facts;
  if (civil === null || rural === null || !answered(facts) || facts.objection === 'open')
    return null;
  if (mustNotify(facts) && facts.notified === null) return null;
  const helps = HELPS.has(civil.finding) || HELPS.has(rural.finding);
  const code = civil.code ?? rural.code ?? null;
  return {
    civil: civil.finding,
    rural: rural.finding,
    code,
    clause: civil.clause ?? rural.clause ?? '',
    reason: civil.reason,
    kind: helps
      ? 'assisted'
      : code !== null && FALSE_ALARMS[code].wrong
        ? 'unfounded'
        : 'not_eligible',
  };
}

/**
 * Applies one more action to the case, without checks: the gates decided whether it may happen before it was
 * written.
 */
export function advance(state: CaseState, act: Act): CaseState {
  const head = {
    version: act.version,
    last: { action: act.action, by: act.actor, at: act.at },
  };
  const { change, takesBack } = actionOf(act.action);
  if (takesBack === 'action' && state.before !== null)
    return { ...state.before, ...head, before: null };
  const facts = { ...state, ...change(state, act) };
  // An ended case stays ended until somebody asks for a review; late papers and checks do not reopen it.
  const outcome = takesBack === 'answer' ? null : (state.outcome ?? outcomeOf(facts));
  return {
    ...facts,
    ...head,
    outcome,
    ended: outcome === null ? null : (state.ended ?? act.day),
    stage: stageOf(facts, outcome !== null),
    before: act.batch === null ? null : { ...state, before: null },
  };
}

/** The two tracks disagree, or the county disagrees with the township: counted in the divergence report. */
export function divergence(state: CaseState): {
  readonly tracks: boolean;
  readonly levels: boolean;
} {
  const { civil, rural, opinion } = state;
  const helps = (finding: CivilFinding | RuralFinding): boolean =>
    finding !== 'none' && finding !== 'continue' && finding !== 'already_monitored';
  return {
    tracks: civil !== null && rural !== null && helps(civil.finding) !== helps(rural.finding),
    levels:
      opinion !== null &&
      ((civil !== null && civil.finding !== opinion.civil.finding) ||
        (rural !== null && rural.finding !== opinion.rural.finding)),
  };
}
