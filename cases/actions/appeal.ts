import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, note } from '../fields.ts';
import { notified, typedDay } from '../gates/days.ts';
import { gate } from '../gates/gate.ts';
import { UNDECIDED } from '../state.ts';

export default defineAction({
  title: '登记复查申请',
  who: ['township_officer', 'county_civil_affairs'],
  from: ['closed'],
  order: { listed: 240, offered: 40 },
  form: z.strictObject({ on: date, content: note }),
  gate: (state, { form, day }) => {
    if (state.notified === null)
      return gate(
        'not-notified',
        '只有书面告知的决定可以复查',
        'only a decision given in writing can be reviewed',
      );
    if (state.notified.until !== null && form.on > state.notified.until)
      return gate(
        'too-late',
        `复查申请期限至${state.notified.until}`,
        `a review could be asked for until ${state.notified.until}`,
      );
    return typedDay(form.on, day, notified(state));
  },
  change: (_, { form }) => ({ ...UNDECIDED, objection: 'open', objected: form.on }),
  newRound: true,
  takesBack: 'answer',
});
