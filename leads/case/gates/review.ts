/** Gates from the application to the township's opinion, its publicity and what is said against it. */
import type { CaseState } from '../state.ts';
import { mustPost } from '../advance.ts';
import { gate, inFuture, type Gates, type Refusal } from './gate.ts';
import { civilReady, justified, mayStop } from './said.ts';
import { investigated } from './visit.ts';

/** Nobody saw or heard of an opinion before it was given: an earlier day would shorten the time to object. */
function beforeOpinion({ opinion }: CaseState, on: string): Refusal | null {
  return opinion !== null && on < opinion.civil.day
    ? gate(
        'before-review',
        `日期不能早于审核日${opinion.civil.day}`,
        `the day lies before the review on ${opinion.civil.day}`,
      )
    : null;
}

export const REVIEW_GATES: Gates = {
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
      ? (inFuture(form.on, day) ?? beforeOpinion(state, form.on))
      : gate('nothing-to-post', '没有需要公示的内容', 'there is nothing to post'),
  object: (_, { form, day }) => inFuture(form.on, day),
  reinvestigate: (_, { form, actor, day }, terms) =>
    inFuture(form.on, day) ?? investigated(form, actor, terms),
  appraise: (_, { form, day }) =>
    form.agree + form.against > form.present
      ? gate('votes', '表决人数多于到会人数', 'there are more votes than people present')
      : inFuture(form.on, day),
  inform: (state, { form, day }) =>
    state.direction === 'exit' && state.opinion?.civil.finding === 'stop'
      ? (inFuture(form.on, day) ?? beforeOpinion(state, form.on))
      : gate(
          'nothing-to-inform',
          '只有拟退出的才需告知申辩',
          'only an intended stop is told beforehand',
        ),
};
