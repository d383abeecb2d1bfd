import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, digest, note } from '../fields.ts';
import { inFuture } from '../gates/days.ts';
import { gate } from '../gates/gate.ts';

export default defineAction({
  title: '送达书面告知',
  who: ['township_officer'],
  from: ['to_notify'],
  order: { listed: 230, offered: 340 },
  form: z.strictObject({ received: date, receipt: digest, explanation: note }),
  gate: ({ civil, rural }, { form, day }) => {
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
  fix: (_state, { form }, _terms, days) => ({ until: days.reviewUntil(form.received) }),
  change: (_, { fixed }) => ({ notified: { until: fixed.until ?? null } }),
});
