import { z } from 'zod';
import { defineAction } from '../action.ts';
import { note } from '../fields.ts';
import { independent } from '../gates/people.ts';
import { UNDECIDED } from '../state.ts';
import { REVIEWED } from '../stages.ts';

export default defineAction({
  title: '退回',
  who: ['county_civil_affairs', 'county_rural_revitalization'],
  from: [...REVIEWED, 'to_file', 'recognising'],
  order: { listed: 220, offered: 300 },
  form: z.strictObject({ to: z.enum(['visit', 'review']), reason: note }),
  gate: (state, { actor }) => independent(state, actor),
  change: (_, { form, day }) => ({
    ...UNDECIDED,
    opinion: null,
    objection: null,
    informed: null,
    direct: { civil: null, rural: null },
    ...(form.to === 'visit' ? { visit: null, startedOver: day } : {}),
  }),
  newRound: true,
});
