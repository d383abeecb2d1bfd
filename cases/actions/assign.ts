import { z } from 'zod';
import { defineAction } from '../action.ts';
import { township } from '../fields.ts';
import { gate } from '../gates/gate.ts';
import { BEFORE_END } from '../stages.ts';

export default defineAction({
  title: '指定乡镇（街道）',
  who: ['county_civil_affairs'],
  from: BEFORE_END,
  order: { listed: 30, offered: 50 },
  form: z.strictObject({ township }),
  gate: ({ county }, { form }) =>
    form.township.startsWith(county)
      ? null
      : gate('township', '乡镇（街道）不在本县', 'the township is not in this county'),
  change: (_, { form }) => ({ township: form.township }),
});
