import { z } from 'zod';
import { defineAction } from '../action.ts';
import { note } from '../fields.ts';

export default defineAction({
  title: '不同意，继续核查',
  who: ['township_leader'],
  from: ['dismissing'],
  order: { listed: 280, offered: 360 },
  form: z.strictObject({ reason: note }),
  gate: null,
  change: () => ({ dismissal: null }),
});
