/** Gates of what happens at the home and at the desk before anybody reviews. */
import type { Actor } from '../../../core/account.ts';
import { FALSE_ALARMS } from '../findings.ts';
import type { Form } from '../forms.ts';
import type { CaseTerms } from '../terms.ts';
import { gate, inFuture, type Gates, type Refusal } from './gate.ts';

/** 谁调查谁签字谁负责: the fewest of the locality, and whoever enters it is one of them. */
export function investigated(
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

const noRelative = gate(
  'no-relative',
  '入户核查未反映近亲属情况',
  'the visit names no near relative of staff',
);

export const VISIT_GATES: Gates = {
  assign: ({ county }, { form }) =>
    form.township.startsWith(county)
      ? null
      : gate('township', '乡镇（街道）不在本县', 'the township is not of this county'),
  attempt: (_, { form, day }) => inFuture(form.on, day),
  visit: (_, { form, actor, day }, terms) =>
    inFuture(form.on, day) ?? investigated(form, actor, terms),
  register: ({ visit }) => (visit?.relative_of_staff === true ? null : noRelative),
  county_check: (state, { actor }) => {
    if (state.visit?.relative_of_staff !== true) return noRelative;
    return state.investigators.includes(actor.name)
      ? gate('same-person', '调查人员不得自行核实', 'whoever investigated does not check it')
      : null;
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
  spot_check: ({ investigators, reviewers, visit }, { form, actor, day }) => {
    if (visit === null) return gate('visit', '尚未入户核查', 'the home has not been visited');
    return investigators.includes(actor.name) || reviewers.includes(actor.name)
      ? gate('same-person', '经办人员不得抽查', 'whoever worked on it does not check it')
      : inFuture(form.on, day);
  },
};
