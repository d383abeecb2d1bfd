import { z } from 'zod';
import { defineAction } from '../action.ts';
import { note, number } from '../fields.ts';
import { gate } from '../gates/gate.ts';
import { EARLY } from '../stages.ts';

export default defineAction({
  title: '登记经济状况核对报告',
  who: ['township_officer', 'county_civil_affairs'],
  from: [...EARLY, 'reviewed', 'posted', 'objected', 'informed'],
  order: { listed: 90, offered: 180 },
  form: z.strictObject({
    report: number,
    result: z.enum(['consistent', 'differs']),
    findings: note.optional(),
  }),
  gate: ({ application, direction }) =>
    application === null && direction === 'need'
      ? gate(
          'authorisation',
          '未取得核对授权，不得核对',
          'a means check needs an authorisation (R21)',
        )
      : null,
  change: (_, { form }) => ({ meansCheck: form.report }),
  passes: [{ passage: 'means_check' }],
});
