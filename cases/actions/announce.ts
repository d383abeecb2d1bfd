import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, digest } from '../fields.ts';
import { NEEDS_APPLICATION } from '../findings.ts';
import { ended, typedDay } from '../gates/days.ts';
import { gate } from '../gates/gate.ts';

export default defineAction({
  title: '确认公示',
  who: ['township_officer'],
  from: ['closed'],
  order: { listed: 250, offered: 30 },
  form: z.strictObject({ on: date, photos: z.array(digest).min(1).max(10) }),
  gate: (state, { form, day }) => {
    const civil = state.outcome?.civil ?? null;
    if (state.announced) return gate('announced', '已公示', 'it has already been announced');
    return civil !== null && NEEDS_APPLICATION.has(civil)
      ? typedDay(form.on, day, ended(state))
      : gate('nothing-to-post', '没有需要公示的内容', 'there is nothing to post');
  },
  change: () => ({ announced: true }),
});
