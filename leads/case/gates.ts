/**
 * The gates: what must be there before an action may happen. A gate answers with the reason in the clerk's words and the
 * clause behind it, so that nobody has to guess what is still missing. Order of the questions: is it the case's turn, may
 * this role, is everything there.
 */
import type { Actor, Role } from '../../core/account.ts';
import {
  CIVIL_EXIT,
  CIVIL_NEED,
  FALSE_ALARMS,
  NEEDS_APPLICATION,
  RURAL,
  type CivilFinding,
  type RuralFinding,
} from './findings.ts';
import { ACTIONS, type Action, type Form } from './forms.ts';
import { AVAILABLE_ACTIONS, STAGES, WHO_MAY } from './stages.ts';
import { mustPost, type CaseState } from './state.ts';
import type { CaseTerms } from './terms.ts';

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
}

export interface Asked<A extends Action = Action> {
  readonly action: A;
  readonly form: Form<A>;
  readonly actor: Actor;
  /** Today in Asia/Shanghai. */
  readonly day: string;
}

const gate = (code: string, zh: string, en: string): Refusal => ({ kind: 'gate', code, zh, en });

type Gate<A extends Action> = (
  state: CaseState,
  asked: Asked<A>,
  terms: CaseTerms,
  lead: CaseLead,
) => Refusal | null;

const inFuture = (on: string, day: string): Refusal | null =>
  on > day ? gate('future', '日期不能晚于今天', 'the date lies in the future') : null;

/** 谁调查谁签字谁负责: the fewest of the locality, and whoever enters it is one of them. */
function investigated(
  form: Form<'visit'> | Form<'reinvestigate'>,
  actor: Actor,
  terms: CaseTerms,
): Refusal | null {
  if (form.investigators.length < terms.investigators)
    return gate(
      'investigators',
      `入户调查须有${terms.investigators}名以上调查人员签字`,
      `at least ${terms.investigators} investigators sign`,
    );
  return form.investigators.some(({ account }) => account === actor.name)
    ? null
    : gate(
        'not-present',
        '录入人须是调查人员之一',
        'whoever enters a visit is one of its investigators',
      );
}

/** A no needs its reason and clause (R4), and of an applicant a means check (R9). */
function justified(said: {
  readonly finding: string;
  readonly code?: string | undefined;
  readonly clause?: string | undefined;
}): Refusal | null {
  if (said.finding !== 'none' && said.finding !== 'stop') return null;
  if (said.clause === undefined)
    return gate('clause', '不纳入或停发须写明政策依据', 'a negative finding names its clause');
  return said.finding === 'none' && said.code === undefined
    ? gate('code', '不纳入须选择原因', 'a negative finding names its code')
    : null;
}

function civilFits(state: CaseState, finding: CivilFinding): Refusal | null {
  const fits = state.direction === 'exit' ? finding in CIVIL_EXIT : finding in CIVIL_NEED;
  return fits
    ? null
    : gate(
        'finding',
        '该结论不适用于此类线索',
        `'${finding}' is no finding of a lead of direction ${state.direction}`,
      );
}

/** What the civil-affairs track needs before it may say this, at the township and at the county. */
function civilReady(
  state: CaseState,
  said: Pick<Form<'review'>['civil'], 'finding' | 'income_per_head' | 'grace_over'>,
  terms: CaseTerms,
): Refusal | null {
  const { finding } = said;
  const wrong = civilFits(state, finding);
  if (wrong !== null) return wrong;
  if (NEEDS_APPLICATION.has(finding) && state.application === null)
    return gate(
      'application',
      '须先受理申请并取得核对授权',
      'the household applies and authorises first',
    );
  const admitting = NEEDS_APPLICATION.has(finding);
  const refusing = finding === 'none' && state.application !== null;
  if (
    terms.meansCheck &&
    (admitting || refusing || finding === 'stop') &&
    state.meansCheck === null
  )
    return gate(
      'means-check',
      '逢进必核：未登记家庭经济状况核对报告，不得认定符合或不符合条件',
      'no finding either way without a report of the means check',
    );
  return null;
}

/** R22: a benefit stops only when income is above the standard and no grace runs. */
function mayStop({
  finding,
  income_per_head,
  grace_over,
}: Form<'review'>['civil']): Refusal | null {
  if (finding !== 'stop') return null;
  if (income_per_head === undefined)
    return gate(
      'income',
      '退出须写明核定的人均年收入',
      'a stop states the income per head that was found',
    );
  return grace_over === true
    ? null
    : gate('grace', '渐退期内或未核实渐退期，不得退出', 'nobody leaves during grace');
}

const relative = (state: CaseState, terms: CaseTerms): Refusal | null => {
  if (state.visit?.relative_of_staff !== true) return null;
  if (!state.registered)
    return gate(
      'register',
      '村（社区）干部和经办人员近亲属须先备案（附件5）',
      'a near relative of staff is registered first',
    );
  return terms.relativeCheck && state.countyCheck !== true
    ? gate(
        'county-check',
        '近亲属须经县级调查核实',
        "the county checks a near relative's home first",
      )
    : null;
};

function independent({ investigators, reviewers }: CaseState, actor: Actor): Refusal | null {
  if (investigators.includes(actor.name))
    return gate(
      'same-person',
      '调查人员不得参与审核确认',
      'whoever investigated does not review or confirm',
    );
  return reviewers.includes(actor.name)
    ? gate('same-person', '审核人员不得参与确认', 'whoever reviewed does not confirm')
    : null;
}

/** What stands between a township's opinion and any confirmation. */
function confirmable(
  state: CaseState,
  actor: Actor,
  day: string,
  terms: CaseTerms,
  lead: CaseLead,
): Refusal | null {
  const same = independent(state, actor);
  if (same !== null) return same;
  if (state.opinion === null)
    return gate('opinion', '乡镇（街道）尚未审核', 'the township has not reviewed');
  if (mustPost(state))
    return gate('publicity', '审核意见尚未公示', "the township's opinion has not been posted");
  const until = state.posted?.until ?? null;
  if (state.posted !== null && until !== null && day <= until)
    return gate(
      'publicity',
      `公示至${until}，期满方可确认`,
      `posted until ${until}; confirmed after that day`,
    );
  if (state.direction === 'exit' && state.opinion.civil.finding === 'stop') {
    if (state.informed === null)
      return gate(
        'inform',
        '拟退出须先告知家庭，听取申辩',
        'the household is told first and may answer',
      );
    if (state.informed.until !== null && day <= state.informed.until)
      return gate(
        'inform',
        `申辩期至${state.informed.until}`,
        `the household may answer until ${state.informed.until}`,
      );
  }
  if (
    terms.conferenceFamilies !== null &&
    lead.families >= terms.conferenceFamilies &&
    !state.conference
  )
    return gate(
      'conference',
      '多重困难家庭须先个案会商',
      'a home with several hardships has a joint conference first',
    );
  return relative(state, terms);
}

const notReceiving = gate(
  'not-receiving',
  '由迁入县民政部门办理',
  'the receiving county takes it or leaves it',
);

const isCounty = (role: Role): boolean => role === 'county_civil_affairs';

const GATES: { readonly [A in Action]?: Gate<A> } = {
  assign: ({ county }, { form }) =>
    form.township.startsWith(county)
      ? null
      : gate('township', '乡镇（街道）不在本县', 'the township is not of this county'),
  attempt: (_, { form, day }) => inFuture(form.on, day),
  visit: (_, { form, actor, day }, terms) =>
    inFuture(form.on, day) ?? investigated(form, actor, terms),
  register: ({ visit }) =>
    visit?.relative_of_staff === true
      ? null
      : gate(
          'no-relative',
          '入户核查未反映近亲属情况',
          'the visit names no near relative of staff',
        ),
  county_check: (state, { actor }) => {
    if (state.visit?.relative_of_staff !== true)
      return gate(
        'no-relative',
        '入户核查未反映近亲属情况',
        'the visit names no near relative of staff',
      );
    return state.investigators.includes(actor.name)
      ? gate('same-person', '调查人员不得自行核实', 'whoever investigated does not check it')
      : null;
  },
  accept: ({ application, direction }, { form, day }) => {
    if (application !== null)
      return gate('accepted', '已受理', 'an application was accepted before');
    if (direction !== 'need')
      return gate('direction', '此类线索不需要申请', 'only a lead of need leads to an application');
    return inFuture(form.on, day);
  },
  means_check: ({ application, direction }) =>
    application === null && direction === 'need'
      ? gate(
          'authorisation',
          '未取得核对授权，不得核对',
          'no check of means without an authorisation (R21)',
        )
      : null,
  extend: ({ application }, { form }, terms) => {
    if (application === null) return gate('application', '尚未受理', 'nothing was accepted yet');
    if (application.extension !== null)
      return gate('extended', '已延长过一次', 'it was extended before');
    return terms.extensions.includes(form.reason)
      ? null
      : gate('extension', '当地通知没有规定此延长事由', 'the local notices name no such reason');
  },
  review: (state, { form, actor }, terms) => {
    if (state.visit === null) return gate('visit', '尚未入户核查', 'the home has not been visited');
    if (state.objection === 'open')
      return gate('objection', '异议尚未核实', 'the objection has not been looked into');
    if (state.investigators.includes(actor.name))
      return gate('same-person', '调查人员不得审核', 'whoever investigated does not review');
    if (terms.way === 'county' && actor.role !== 'township_leader')
      return gate('leader', '由分管领导审核', "the township's leader reviews");
    return (
      civilReady(state, form.civil, terms) ??
      mayStop(form.civil) ??
      justified(form.civil) ??
      (state.direction === 'exit' ? null : justified(form.rural))
    );
  },
  post: (state, { form, day }) =>
    mustPost(state)
      ? inFuture(form.on, day)
      : gate('nothing-to-post', '没有需要公示的内容', 'there is nothing to post'),
  object: (_, { form, day }) => inFuture(form.on, day),
  reinvestigate: (_, { form, actor, day }, terms) =>
    inFuture(form.on, day) ?? investigated(form, actor, terms),
  appraise: (_, { form, day }) =>
    form.agree + form.against > form.present
      ? gate('votes', '表决人数多于到会人数', 'there are more votes than people present')
      : inFuture(form.on, day),
  inform: ({ direction, opinion }, { form, day }) =>
    direction === 'exit' && opinion?.civil.finding === 'stop'
      ? inFuture(form.on, day)
      : gate(
          'nothing-to-inform',
          '只有拟退出的才需告知申辩',
          'only an intended stop is told beforehand',
        ),
  confirm: (state, { form, actor, day }, terms, lead) => {
    const civil = isCounty(actor.role);
    const track = civil ? 'civil' : 'rural';
    if (civil && state.opinion?.way === 'township')
      return gate(
        'way',
        '本地由乡镇（街道）确认，县级备案',
        'the township confirms here and the county files',
      );
    if (state[track] !== null)
      return gate('confirmed', '本部门已确认', 'this bureau has confirmed');
    const finding = form.finding;
    if (civil ? !(finding in CIVIL_NEED) && !(finding in CIVIL_EXIT) : !(finding in RURAL))
      return gate('finding', '该结论不属于本部门', `'${finding}' is not for this bureau to find`);
    const opinion = state.opinion?.[track];
    // A county that grants what the village has not seen sends it back to be posted.
    if (
      civil &&
      opinion !== undefined &&
      finding !== opinion.finding &&
      NEEDS_APPLICATION.has(finding as CivilFinding) &&
      !NEEDS_APPLICATION.has(opinion.finding as CivilFinding)
    )
      return gate(
        'unseen',
        '拟认定类别未经公示，请退回重新审核公示',
        'what is granted has not been posted: send it back',
      );
    if (!civil && finding === 'monitored' && opinion?.finding !== 'monitored')
      return gate(
        'unseen',
        '拟纳入监测未经公示，请退回重新审核公示',
        'what is granted has not been posted: send it back',
      );
    if (civil && finding === 'stop' && opinion?.finding !== 'stop')
      return gate(
        'unseen',
        '拟退出未经乡镇审核和告知，请退回',
        'a stop that the household was not told of: send it back',
      );
    return (
      confirmable(state, actor, day, terms, lead) ??
      (civil ? civilReady(state, { finding: finding as CivilFinding }, terms) : null) ??
      (civil || state.direction !== 'exit' ? justified(form) : null)
    );
  },
  sign: (state, { actor, day }, terms, lead) => {
    if (state.opinion?.way !== 'township')
      return gate('way', '本地由县级确认', 'the county confirms here');
    if (state.civil !== null) return gate('signed', '签字已齐', 'all have signed');
    if (state.signed.some(({ role }) => role === actor.role))
      return gate('signed', '此岗位已签字', 'this office has signed');
    return confirmable(state, actor, day, terms, lead);
  },
  file: (state, { actor }) => independent(state, actor),
  send_back: (state, { actor }) => independent(state, actor),
  notify: (_, { form, day }) => inFuture(form.received, day),
  appeal: (state, { form, day }) => {
    if (state.notified === null)
      return gate(
        'not-notified',
        '只有书面告知的决定可以复查',
        'only a decision told in writing is reviewed',
      );
    if (state.notified.until !== null && form.on > state.notified.until)
      return gate(
        'too-late',
        `复查申请期限至${state.notified.until}`,
        `a review could be asked for until ${state.notified.until}`,
      );
    return inFuture(form.on, day);
  },
  announce: ({ outcome, announced }, { form, day }) => {
    if (announced) return gate('announced', '已公示', 'it was announced before');
    return outcome?.civil !== null && outcome !== null && NEEDS_APPLICATION.has(outcome.civil)
      ? inFuture(form.on, day)
      : gate('nothing-to-post', '没有需要公示的内容', 'there is nothing to post');
  },
  dismiss: ({ visit, application }, { form }, _terms, lead) => {
    if (application !== null)
      return gate(
        'applied',
        '已受理的须按程序审核，不得不予立案',
        'an application is answered by review, not dismissed',
      );
    const { desk } = FALSE_ALARMS[form.code];
    if ((!desk || lead.complaint) && visit === null)
      return gate('visit', '须入户核查后方可不予立案', 'this needs a visit first');
    return desk || form.clause !== undefined
      ? null
      : gate('clause', '须写明政策依据', 'the clause is named');
  },
  uphold: ({ dismissal, investigators }, { actor }) =>
    dismissal?.by === actor.name || investigators.includes(actor.name)
      ? gate(
          'same-person',
          '提出人和调查人员不得自行同意',
          'whoever proposed or investigated does not agree to it',
        )
      : null,
  aid_first: ({ aid }) =>
    aid === null ? null : gate('aided', '已先行救助', 'help was given first before'),
  paperwork: ({ aid }) => {
    if (aid === null) return gate('no-aid', '没有先行救助', 'no help was given first');
    return aid.papers ? gate('papers', '手续已补齐', 'the papers are there') : null;
  },
  recognise: (state, { actor }, terms, lead) => {
    if (!terms.direct)
      return gate(
        'clause-over',
        '直接认定条款在本地现已无效',
        'direct recognition is not in force here',
      );
    if (!lead.rules.includes('MAR-01'))
      return gate(
        'not-monitored',
        '不属于可直接认定的监测对象',
        'this home is not one that may be recognised directly',
      );
    if (state.direct[isCounty(actor.role) ? 'civil' : 'rural'] !== null)
      return gate('confirmed', '本部门已确认', 'this bureau has confirmed');
    return independent(state, actor);
  },
  hand_off: ({ county }, { form }) =>
    form.county === county
      ? gate('same-county', '移交对象须是其他县（市、区）', 'it is handed to another county')
      : null,
  accept_hand_off: ({ handOff }, { form, actor }) => {
    if (actor.region !== handOff?.county) return notReceiving;
    return form.township.startsWith(handOff.county)
      ? null
      : gate('township', '乡镇（街道）不在迁入县', 'the township is not of the receiving county');
  },
  decline_hand_off: ({ handOff }, { actor }) =>
    actor.region === handOff?.county ? null : notReceiving,
  spot_check: ({ investigators, reviewers, visit }, { form, actor, day }) => {
    if (visit === null) return gate('visit', '尚未入户核查', 'the home has not been visited');
    return investigators.includes(actor.name) || reviewers.includes(actor.name)
      ? gate('same-person', '经办人员不得抽查', 'whoever worked on it does not check it')
      : inFuture(form.on, day);
  },
  undo: ({ before, last }, { actor }) => {
    if (before === null)
      return gate(
        'nothing-to-undo',
        '上一步不是批量操作',
        'the last action did not come in a batch',
      );
    return last?.by.role === actor.role
      ? null
      : gate('not-yours', '只能撤销本岗位的批量操作', 'only the same office undoes it');
  },
};

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
