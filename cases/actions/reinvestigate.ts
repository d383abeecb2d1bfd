/** Annex 8. */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, digest, investigators, note } from '../fields.ts';
import { objected, typedDay } from '../gates/days.ts';
import { alsoInvestigated, investigated } from '../gates/people.ts';

export default defineAction({
  title: '再次调查',
  who: ['township_officer'],
  from: ['objected'],
  order: { listed: 140, offered: 250 },
  form: z.strictObject({
    on: date,
    investigators,
    true: z.boolean(),
    findings: note,
    photos: z.array(digest).min(1).max(20),
  }),
  gate: (state, { form, actor, day }, terms) =>
    typedDay(form.on, day, objected(state)) ?? investigated(form, actor, terms),
  change: (state, { form, actor }) => ({
    objection: 'answered',
    investigators: alsoInvestigated(state.investigators, form, actor),
  }),
});
