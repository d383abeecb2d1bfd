/** Annex 5: the register of relatives. */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { account, digest } from '../fields.ts';
import { noRelative } from '../gates/relatives.ts';
import { BEFORE_END } from '../stages.ts';

export default defineAction({
  title: '近亲属备案',
  who: ['township_officer'],
  from: BEFORE_END,
  order: { listed: 60, offered: 90 },
  form: z.strictObject({
    post: z.string().trim().min(2).max(40),
    relation: z.string().trim().min(1).max(20),
    guarantor: account,
    pledge: digest,
  }),
  gate: ({ visit }) => (visit?.relative_of_staff === true ? null : noRelative),
  change: () => ({ registered: true }),
});
