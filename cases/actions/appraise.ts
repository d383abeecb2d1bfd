/** 民主评议 */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { count, date, digest, note } from '../fields.ts';
import { objected, typedDay } from '../gates/days.ts';
import { gate } from '../gates/gate.ts';

export default defineAction({
  title: '民主评议',
  who: ['township_officer'],
  from: ['objected'],
  order: { listed: 150, offered: 260 },
  form: z.strictObject({
    on: date,
    present: count,
    agree: count,
    against: count,
    minutes: digest,
    findings: note,
  }),
  gate: (state, { form, day }) =>
    form.agree + form.against > form.present
      ? gate('votes', '表决人数多于到会人数', 'there are more votes than people present')
      : typedDay(form.on, day, objected(state)),
  change: () => ({ objection: 'answered' }),
});
