/** Before an exit the household is told what is intended and may respond. */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, digest } from '../fields.ts';
import { reviewed, typedDay } from '../gates/days.ts';
import { gate } from '../gates/gate.ts';

export default defineAction({
  title: '告知拟退出',
  who: ['township_officer'],
  from: ['reviewed'],
  order: { listed: 170, offered: 220 },
  form: z.strictObject({ on: date, receipt: digest }),
  gate: (state, { form, day }) =>
    state.direction === 'exit' && state.opinion?.civil.finding === 'stop'
      ? typedDay(form.on, day, reviewed(state))
      : gate(
          'nothing-to-inform',
          '只有拟退出的才需告知申辩',
          'only an intended stop is announced in advance',
        ),
  fix: (_state, { form }, _terms, days) => ({ until: days.rebuttalEnd(form.on) }),
  change: (_, { form, fixed }) => ({ informed: { on: form.on, until: fixed.until ?? null } }),
});
