/**
 * A case as its actions make it. The state is derived from the actions alone: the same actions give the same state on any
 * machine and after any rebuild, so nothing in here looks anything up.
 */
import {
  FALSE_ALARMS,
  HELPS,
  PUBLICISED_CIVIL,
  PUBLICISED_RURAL,
  TOLD_IN_WRITING,
  type CivilFinding,
  type RuralFinding,
} from './findings.ts';
import type { Action } from './forms.ts';
import type { Stage } from './stages.ts';
import type { Act, CaseOutcome, CaseState, Opinion } from './state.ts';

type Facts = Omit<CaseState, 'stage' | 'outcome' | 'before' | 'last' | 'version'>;
type Change = Partial<Facts>;

const UNDECIDED = { civil: null, rural: null, signed: [], filed: false, notified: null } as const;

const CHANGES: {
  readonly [A in Action]: (state: CaseState, act: Extract<Act, { action: A }>) => Change;
} = {
  take: (_, { actor, day }) => ({ taken: { by: actor.name, day } }),
  release: () => ({ taken: null }),
  assign: (_, { form }) => ({ township: form.township }),
  attempt: ({ attempts }) => ({ attempts: attempts + 1 }),
  visit: ({ investigators }, { form, actor }) => ({
    visit: { ...form, by: actor.name },
    investigators: [
      ...new Set([
        ...investigators,
        actor.name,
        ...form.investigators.map(({ account }) => account),
      ]),
    ],
    direct: { civil: null, rural: null },
  }),
  register: () => ({ registered: true }),
  county_check: (_, { form }) => ({ countyCheck: form.sound }),
  accept: (_, { form }) => ({
    application: { day: form.on, applied_for: form.applied_for, extension: null },
  }),
  means_check: (_, { form }) => ({ meansCheck: form.report }),
  extend: ({ application }, { form }) => ({
    application: application === null ? null : { ...application, extension: form.reason },
  }),
  review: ({ reviewers, posted }, { form, actor, day, fixed }) => {
    const signed = { by: actor.name, day };
    const opinion = {
      civil: { ...form.civil, ...signed },
      rural: { ...form.rural, ...signed },
      by: actor.name,
      way: fixed.way ?? 'county',
      signatures: fixed.signatures ?? 0,
    };
    return {
      ...UNDECIDED,
      opinion,
      // What the village has already seen need not be posted a second time after an objection.
      posted: posted !== null && covers(posted, opinion) ? posted : null,
      objection: null,
      informed: null,
      reviewers: [...new Set([...reviewers, actor.name])],
    };
  },
  post: ({ opinion }, { fixed }) => ({
    posted: {
      civil: opinion !== null && PUBLICISED_CIVIL.has(opinion.civil.finding),
      rural: opinion !== null && PUBLICISED_RURAL.has(opinion.rural.finding),
      until: fixed.until ?? null,
    },
  }),
  object: () => ({ ...UNDECIDED, objection: 'open' }),
  reinvestigate: ({ investigators }, { form, actor }) => ({
    objection: 'answered',
    investigators: [
      ...new Set([
        ...investigators,
        actor.name,
        ...form.investigators.map(({ account }) => account),
      ]),
    ],
  }),
  appraise: () => ({ objection: 'answered' }),
  conference: () => ({ conference: true }),
  inform: (_, { fixed }) => ({ informed: { until: fixed.until ?? null } }),
  rebut: () => ({ ...UNDECIDED, objection: 'open' }),
  confirm: (_, { form, actor, day }) => {
    const said = { ...form, by: actor.name, day };
    return actor.role === 'county_civil_affairs'
      ? { civil: said as Opinion<CivilFinding> }
      : { rural: said as Opinion<RuralFinding> };
  },
  sign: ({ signed, opinion }, { actor }) => {
    const all = [...signed, { role: actor.role, by: actor.name }];
    // The township's opinion becomes the decision when the last one has signed.
    return opinion !== null && all.length >= opinion.signatures
      ? { signed: all, civil: opinion.civil }
      : { signed: all };
  },
  file: () => ({ filed: true }),
  send_back: (_, { form }) => ({
    ...UNDECIDED,
    opinion: null,
    objection: null,
    informed: null,
    direct: { civil: null, rural: null },
    ...(form.to === 'visit' ? { visit: null } : {}),
  }),
  notify: (_, { fixed }) => ({ notified: { until: fixed.until ?? null } }),
  appeal: () => ({ ...UNDECIDED, objection: 'open' }),
  announce: () => ({ announced: true }),
  dismiss: (_, { form, actor }) => ({
    dismissal: {
      code: form.code,
      clause: form.clause ?? '',
      reason: form.reason,
      by: actor.name,
    },
  }),
  uphold: () => ({}),
  overrule: () => ({ dismissal: null }),
  aid_first: (_, { day }) => ({ aid: { day, papers: false } }),
  paperwork: ({ aid }) => ({ aid: aid === null ? null : { ...aid, papers: true } }),
  recognise: ({ direct }, { actor }) => ({
    direct:
      actor.role === 'county_civil_affairs'
        ? { ...direct, civil: actor.name }
        : { ...direct, rural: actor.name },
  }),
  hand_off: (_, { form }) => ({ handOff: { county: form.county, township: form.township } }),
  // The other county begins anew: its own visit, its own people.
  accept_hand_off: ({ handOff, county }, { form }) => ({
    county: handOff?.county ?? county,
    township: form.township,
    handOff: null,
    taken: null,
    visit: null,
    opinion: null,
    investigators: [],
    reviewers: [],
  }),
  decline_hand_off: () => ({ handOff: null }),
  spot_check: () => ({}),
  undo: () => ({}),
};

/** Whether what was posted shows everything that this opinion has to show. */
function covers(
  posted: NonNullable<CaseState['posted']>,
  { civil, rural }: NonNullable<CaseState['opinion']>,
): boolean {
  return (
    (posted.civil || !PUBLICISED_CIVIL.has(civil.finding)) &&
    (posted.rural || !PUBLICISED_RURAL.has(rural.finding))
  );
}

/** Whether the village still has to see what the township thinks. */
export function mustPost({ opinion, posted }: Pick<CaseState, 'opinion' | 'posted'>): boolean {
  if (opinion === null) return false;
  return posted === null
    ? PUBLICISED_CIVIL.has(opinion.civil.finding) || PUBLICISED_RURAL.has(opinion.rural.finding)
    : !covers(posted, opinion);
}

/** Whether a decision reaches the household in writing before the case ends. */
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

/** How a case that has just been decided ends; null: it has not ended. */
function outcomeOf(facts: Facts, act: Act): CaseOutcome | null {
  if (act.action === 'uphold' && facts.dismissal !== null) {
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

/** The case after one more action. It is taken as it is: whether it may happen, the gates said before it was written. */
export function advance(state: CaseState, act: Act): CaseState {
  const head = {
    version: act.version,
    last: { action: act.action, by: act.actor, at: act.at },
  };
  if (act.action === 'undo' && state.before !== null)
    return { ...state.before, ...head, before: null };
  const change = (CHANGES[act.action] as (state: CaseState, act: Act) => Change)(state, act);
  const facts = { ...state, ...change };
  // Once ended, a case stays so until somebody asks for a review; late papers and checks do not decide it again.
  const outcome = act.action === 'appeal' ? null : (state.outcome ?? outcomeOf(facts, act));
  return {
    ...facts,
    ...head,
    outcome,
    stage: stageOf(facts, outcome !== null),
    before: act.batch === null ? null : { ...state, before: null },
  };
}

/** The two tracks came out differently, or the county otherwise than the township: what the divergence report counts. */
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
