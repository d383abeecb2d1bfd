import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, note } from '../fields.ts';
import { shown, typedDay } from '../gates/days.ts';
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
  gate: (state, { form, day }) => typedDay(form.on, day, shown(state)),
  change: (_, { form }) => ({ ...UNDECIDED, objection: 'open', objected: form.on }),
  newRound: true,
});
