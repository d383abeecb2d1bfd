import { z } from 'zod';
import { defineAction } from '../action.ts';
import { note } from '../fields.ts';
import { gate } from '../gates/gate.ts';
import { BEFORE_END } from '../stages.ts';

export default defineAction({
  title: '延长办理时限',
  who: ['township_leader', 'county_civil_affairs'],
  from: BEFORE_END,
  order: { listed: 100, offered: 110 },
  form: z.strictObject({
    reason: z.enum(['objection', 'separated-registration', 'other-place', 'difficult-check']),
    findings: note,
  }),
  gate: ({ application }, { form }, terms) => {
    if (application === null) return gate('application', '尚未受理', 'nothing was accepted yet');
    if (application.extension !== null)
      return gate('extended', '已延长过一次', 'it has already been extended');
    return terms.extensions.includes(form.reason)
      ? null
      : gate('extension', '当地通知没有规定此延长事由', 'the local notices name no such reason');
  },
  change: ({ application }, { form }) => ({
    application: application === null ? null : { ...application, extension: form.reason },
  }),
});
