import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, note } from '../fields.ts';
import { informed, typedDay } from '../gates/days.ts';
import { UNDECIDED } from '../state.ts';

export default defineAction({
  title: '登记申辩',
  who: ['township_officer', 'village_assistant'],
  from: ['informed'],
  order: { listed: 180, offered: 240 },
  form: z.strictObject({ on: date, content: note }),
  gate: (state, { form, day }) => typedDay(form.on, day, informed(state)),
  change: (_, { form }) => ({ ...UNDECIDED, objection: 'open', objected: form.on }),
  newRound: true,
});
