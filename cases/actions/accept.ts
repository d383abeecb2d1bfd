/** Annexes 1 and 2. Acceptance (受理): the statutory clock starts on this day. */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, digest } from '../fields.ts';
import { monthBeforeLead, typedDay } from '../gates/days.ts';
import { gate } from '../gates/gate.ts';
import { EARLY } from '../stages.ts';

export default defineAction({
  title: '受理申请和授权',
  who: ['township_officer'],
  from: EARLY,
  order: { listed: 80, offered: 170 },
  form: z.strictObject({
    on: date,
    applicant: z.enum(['household', 'person']),
    applied_for: z.enum(['urban_dibao', 'rural_dibao', 'tekun', 'marginal', 'rigid_expenditure']),
    /** R62: the place where the household applies. */
    place: z.enum(['registered', 'residence']),
    /** Signatures of all adult members under the authorisation to check means. */
    authorisations: z.array(digest).min(1).max(20),
  }),
  gate: ({ application, direction }, { form, day }, _terms, lead) => {
    if (application !== null)
      return gate('accepted', '已受理', 'an application has already been accepted');
    if (direction !== 'need')
      return gate('direction', '此类线索不需要申请', 'only a lead of need leads to an application');
    return typedDay(form.on, day, monthBeforeLead(lead));
  },
  change: (_, { form }) => ({
    application: { day: form.on, applied_for: form.applied_for, extension: null },
  }),
  passes: [{ passage: 'accept' }],
});
