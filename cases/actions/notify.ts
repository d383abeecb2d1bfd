import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, digest, note } from '../fields.ts';
import { decided, typedDay } from '../gates/days.ts';

export default defineAction({
  title: '送达书面告知',
  who: ['township_officer'],
  from: ['to_notify'],
  order: { listed: 230, offered: 340 },
  form: z.strictObject({ received: date, receipt: digest, explanation: note }),
  gate: (state, { form, day }) => typedDay(form.received, day, decided(state)),
  fix: (_state, { form }, _terms, days) => ({ until: days.reviewUntil(form.received) }),
  change: (_, { form, fixed }) => ({ notified: { on: form.received, until: fixed.until ?? null } }),
});
