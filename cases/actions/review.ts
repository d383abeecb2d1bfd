import { z } from 'zod';
import { defineAction } from '../action.ts';
import { count, note, refusing, yuan } from '../fields.ts';
import { CIVIL_EXIT, CIVIL_NEED, keysOf, RURAL } from '../findings.ts';
import { gate } from '../gates/gate.ts';
import { civilReady, justified, mayStop } from '../gates/said.ts';
import { covers } from '../posting.ts';
import { UNDECIDED } from '../state.ts';

const civilOpinion = z.strictObject({
  finding: z.enum([...keysOf(CIVIL_NEED), ...keysOf(CIVIL_EXIT)]),
  /** Persons covered and the household's yuan per month, if something is granted. */
  members: count.optional(),
  amount_month: yuan.optional(),
  /** For a stop: net income per head and year is above the standard, and no grace period is running (R22). */
  income_per_head: yuan.optional(),
  grace_over: z.boolean().optional(),
  ...refusing,
  reason: note,
});

const ruralOpinion = z.strictObject({
  finding: z.enum(keysOf(RURAL)),
  ...refusing,
  reason: note,
});

export default defineAction({
  title: '乡镇（街道）审核',
  who: ['township_leader', 'township_officer'],
  from: ['visited', 'accepted', 'checked', 'objected'],
  order: { listed: 110, offered: 330 },
  form: z.strictObject({ civil: civilOpinion, rural: ruralOpinion }),
  gate: (state, { form, actor }, terms) => {
    if (state.visit === null) return gate('visit', '尚未入户核查', 'the home has not been visited');
    if (state.objection === 'open')
      return gate('objection', '异议尚未核实', 'the objection has not been investigated');
    if (state.investigators.includes(actor.name))
      return gate('same-person', '调查人员不得审核', 'an investigator may not review');
    if (terms.way === 'county' && actor.role !== 'township_leader')
      return gate('leader', '由分管领导审核', "the review is for the township's leader");
    return (
      civilReady(state, form.civil, terms) ??
      mayStop(form.civil) ??
      justified(form.civil) ??
      (state.direction === 'exit' ? null : justified(form.rural))
    );
  },
  // Who confirms is fixed when the opinion is given: a later notice does not change it.
  fix: (_state, _proposal, { way, signatures }) => ({ way, signatures }),
  change: ({ reviewers, posted }, { form, actor, day, fixed }) => {
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
      // What the village has already seen need not be posted again after an objection.
      posted: posted !== null && covers(posted, opinion) ? posted : null,
      objection: null,
      objected: null,
      informed: null,
      reviewers: [...new Set([...reviewers, actor.name])],
    };
  },
  passes: [{ passage: 'review' }],
  newRound: true,
});
