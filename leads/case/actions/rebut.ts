import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, note } from '../fields.ts';
import { UNDECIDED } from '../state.ts';

export default defineAction({
  title: '登记申辩',
  who: ['township_officer', 'village_assistant'],
  from: ['informed'],
  order: { listed: 180, offered: 240 },
  form: z.strictObject({ on: date, content: note }),
  gate: null,
  change: () => ({ ...UNDECIDED, objection: 'open' }),
  newRound: true,
});
