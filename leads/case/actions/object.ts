import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, note } from '../fields.ts';
import { inFuture } from '../gates/days.ts';
import { UNDECIDED } from '../state.ts';

export default defineAction({
  title: '登记异议',
  who: ['township_officer', 'village_assistant', 'county_supervisor'],
  from: ['posted', 'confirming'],
  order: { listed: 130, offered: 230 },
  form: z.strictObject({
    on: date,
    by: z.enum(['resident', 'cadre', 'hotline', 'other']),
    content: note,
  }),
  gate: (_, { form, day }) => inFuture(form.on, day),
  change: () => ({ ...UNDECIDED, objection: 'open' }),
  newRound: true,
});
