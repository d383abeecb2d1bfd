import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, digest, note } from '../fields.ts';
import { leadOpened, typedDay } from '../gates/days.ts';
import { BEFORE_END } from '../stages.ts';

export default defineAction({
  title: '个案会商',
  who: ['county_civil_affairs', 'county_rural_revitalization'],
  from: BEFORE_END,
  order: { listed: 160, offered: 80 },
  form: z.strictObject({
    on: date,
    bureaus: z.array(z.string().trim().min(2).max(30)).min(2).max(12),
    minutes: digest,
    decision: note,
  }),
  gate: (_, { form, day }, _terms, lead) => typedDay(form.on, day, leadOpened(lead)),
  change: () => ({ conference: true }),
});
