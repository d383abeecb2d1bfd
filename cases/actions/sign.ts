/** Where townships confirm: one of the signatures under the township's opinion. */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { digest } from '../fields.ts';
import { confirmable } from '../gates/confirmable.ts';
import { gate } from '../gates/gate.ts';
import { REVIEWED } from '../stages.ts';

export default defineAction({
  title: '确认签字',
  who: ['township_head', 'township_leader', 'township_officer'],
  from: REVIEWED,
  order: { listed: 200, offered: 280 },
  form: z.strictObject({ signature: digest }),
  gate: (state, { actor, day }, terms, lead) => {
    if (state.opinion?.way !== 'township')
      return gate('way', '本地由县级确认', 'the county confirms here');
    if (state.civil !== null) return gate('signed', '签字已齐', 'all have signed');
    if (state.signed.some(({ role }) => role === actor.role))
      return gate('signed', '此岗位已签字', 'this office has already signed');
    return confirmable(state, actor, day, terms, lead);
  },
  change: ({ signed, opinion }, { actor }) => {
    const all = [...signed, { role: actor.role, by: actor.name }];
    // The township's opinion becomes the decision when the last one has signed.
    return opinion !== null && all.length >= opinion.signatures
      ? { signed: all, civil: opinion.civil }
      : { signed: all };
  },
  passes: [{ passage: 'civil', lastSignature: true }],
});
