/** Nobody was met or nobody would answer: the visit is still due. */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, note } from '../fields.ts';
import { leadOpened, startedOver, typedDay } from '../gates/days.ts';
import { EARLY } from '../stages.ts';

export default defineAction({
  title: '入户未果',
  who: ['township_officer', 'village_assistant'],
  from: EARLY,
  order: { listed: 40, offered: 150 },
  form: z.strictObject({
    on: date,
    why: z.enum(['nobody_home', 'refused', 'unreachable', 'not_found']),
    findings: note,
  }),
  gate: (state, { form, day }, _terms, lead) =>
    typedDay(form.on, day, leadOpened(lead), startedOver(state)),
  change: ({ attempts }) => ({ attempts: attempts + 1 }),
});
