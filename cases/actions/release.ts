import { z } from 'zod';
import { defineAction } from '../action.ts';
import { note } from '../fields.ts';
import { EARLY } from '../stages.ts';

export default defineAction({
  title: '退回待接收',
  who: ['township_officer'],
  from: EARLY,
  order: { listed: 20, offered: 320 },
  form: z.strictObject({ reason: note }),
  gate: null,
  change: () => ({ taken: null }),
});
