/** R40: help first, paperwork later. */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { note, yuan } from '../fields.ts';
import { gate } from '../gates/gate.ts';
import { BEFORE_END } from '../stages.ts';

export default defineAction({
  title: '先行救助',
  who: ['township_leader'],
  from: [...BEFORE_END, 'handed_off'],
  order: { listed: 290, offered: 60 },
  form: z.strictObject({ amount: yuan, reason: note }),
  gate: ({ aid }) =>
    aid === null ? null : gate('aided', '已先行救助', 'first aid was already given'),
  change: (_, { day }) => ({ aid: { day, papers: false } }),
});
