import { z } from 'zod';
import { defineAction } from '../action.ts';
import { note, township } from '../fields.ts';
import { gate } from '../gates/gate.ts';
import { EARLY } from '../stages.ts';

export default defineAction({
  title: '移交迁入地',
  who: ['township_leader', 'county_civil_affairs'],
  from: ['dispatched', ...EARLY, 'reviewed'],
  order: { listed: 320, offered: 310 },
  form: z.strictObject({
    county: z.string().regex(/^\d{6}$/),
    township: township.nullable(),
    reason: note,
  }),
  gate: ({ county }, { form }) =>
    form.county === county
      ? gate(
          'same-county',
          '移交对象须是其他县（市、区）',
          'it can only be handed to another county',
        )
      : null,
  change: (_, { form }) => ({ handOff: { county: form.county, township: form.township } }),
});
