/** Gates of the confirmation: the county's two bureaus, or the township's signatures and the county's file, and what follows. */
import type { Actor, Role } from '../../../core/account.ts';
import {
  CIVIL_EXIT,
  CIVIL_NEED,
  NEEDS_APPLICATION,
  RURAL,
  type CivilFinding,
} from '../findings.ts';
import { mustPost } from '../advance.ts';
import type { CaseState } from '../state.ts';
import type { CaseTerms } from '../terms.ts';
import { gate, inFuture, type CaseLead, type Gates, type Refusal } from './gate.ts';
import { civilReady, justified } from './said.ts';

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

const isCounty = (role: Role): boolean => role === 'county_civil_affairs';

export const CONFIRM_GATES: Gates = {
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
  notify: ({ civil, rural }, { form, day }) => {
    const decided = [civil?.day ?? '', rural?.day ?? ''].sort().at(-1) ?? '';
    // A notice from before the decision would shorten the time to ask for a review.
    return form.received < decided
      ? gate(
          'before-decision',
          `送达日期不能早于确认日${decided}`,
          `the notice was received before the decision of ${decided}`,
        )
      : inFuture(form.received, day);
  },
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
};
