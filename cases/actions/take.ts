import { z } from 'zod';
import { defineAction } from '../action.ts';

export default defineAction({
  title: '接收线索',
  who: ['township_officer'],
  from: ['dispatched'],
  order: { listed: 10, offered: 140 },
  form: z.strictObject({}),
  gate: null,
  change: (_, { actor, day }) => ({ taken: { by: actor.name, day } }),
});
