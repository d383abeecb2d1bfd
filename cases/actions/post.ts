import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, digest } from '../fields.ts';
import { PUBLICISED_CIVIL, PUBLICISED_RURAL } from '../findings.ts';
import { latest, reviewed, typedDay } from '../gates/days.ts';
import { gate } from '../gates/gate.ts';
import { mustPost } from '../posting.ts';

export default defineAction({
  title: '张榜公示',
  who: ['township_officer'],
  from: ['reviewed'],
  order: { listed: 120, offered: 210 },
  form: z.strictObject({ on: date, photos: z.array(digest).min(1).max(10) }),
  gate: (state, { form, day }) =>
    mustPost(state)
      ? typedDay(form.on, day, reviewed(state))
      : gate('nothing-to-post', '没有需要公示的内容', 'there is nothing to post'),
  fix: ({ opinion }, { form }, _terms, days) => ({
    until: latest([
      opinion !== null && PUBLICISED_CIVIL.has(opinion.civil.finding)
        ? days.publicityEnd('dibao', form.on)
        : null,
      opinion !== null && PUBLICISED_RURAL.has(opinion.rural.finding)
        ? days.publicityEnd('monitored', form.on)
        : null,
    ]),
  }),
  change: ({ opinion }, { form, fixed }) => ({
    posted: {
      on: form.on,
      civil: opinion !== null && PUBLICISED_CIVIL.has(opinion.civil.finding) ? opinion.civil : null,
      rural: opinion !== null && PUBLICISED_RURAL.has(opinion.rural.finding),
      until: fixed.until ?? null,
    },
  }),
  passes: [{ passage: 'post' }],
});
