import { z } from 'zod';
import { defineAction } from '../action.ts';
import { clause, note } from '../fields.ts';
import { FALSE_ALARM_CODES, FALSE_ALARMS } from '../findings.ts';
import { gate } from '../gates/gate.ts';
import { EARLY } from '../stages.ts';

export default defineAction({
  title: '提出不予立案',
  who: ['township_officer'],
  from: EARLY,
  order: { listed: 260, offered: 190 },
  form: z.strictObject({
    code: z.enum(FALSE_ALARM_CODES),
    clause: clause.optional(),
    reason: note,
  }),
  gate: ({ visit, application }, { form }, _terms, lead) => {
    if (application !== null)
      return gate(
        'applied',
        '已受理的须按程序审核，不得不予立案',
        'an application is answered by review, not dismissed',
      );
    const { withoutVisit } = FALSE_ALARMS[form.code];
    if ((!withoutVisit || lead.complaint) && visit === null)
      return gate('visit', '须入户核查后方可不予立案', 'this needs a visit first');
    return withoutVisit || form.clause !== undefined
      ? null
      : gate('clause', '须写明政策依据', 'the clause must be named');
  },
  change: (_, { form, actor }) => ({
    dismissal: {
      code: form.code,
      clause: form.clause ?? '',
      reason: form.reason,
      by: actor.name,
      agreed: false,
    },
  }),
});
