/** Where townships confirm, the county files the decision. */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { number } from '../fields.ts';
import { independent } from '../gates/people.ts';

export default defineAction({
  title: '县级备案',
  who: ['county_civil_affairs'],
  from: ['to_file'],
  order: { listed: 210, offered: 290 },
  form: z.strictObject({ number }),
  gate: (state, { actor }) => independent(state, actor),
  change: () => ({ filed: true }),
});
