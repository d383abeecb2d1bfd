/** R14: a monitored household becomes marginal once both bureaus confirm. */
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { gate } from '../gates/gate.ts';
import { independent, trackOf } from '../gates/people.ts';
import { EARLY } from '../stages.ts';

export default defineAction({
  title: '直接认定低保边缘',
  who: ['county_civil_affairs', 'county_rural_revitalization'],
  from: ['dispatched', ...EARLY, 'recognising'],
  order: { listed: 310, offered: 200 },
  form: z.strictObject({}),
  gate: (state, { actor }, terms, lead) => {
    if (!terms.direct)
      return gate(
        'clause-over',
        '直接认定条款在本地现已无效',
        'direct recognition is not in force here',
      );
    if (!lead.rules.includes('MAR-01'))
      return gate(
        'not-monitored',
        '不属于可直接认定的监测对象',
        'this home does not qualify for direct recognition',
      );
    if (state.direct[trackOf(actor.role)] !== null)
      return gate('confirmed', '本部门已确认', 'this bureau has already confirmed');
    return independent(state, actor);
  },
  change: ({ direct }, { actor }) => ({
    direct: { ...direct, [trackOf(actor.role)]: actor.name },
  }),
  passes: [
    { passage: 'civil', by: 'county_civil_affairs' },
    { passage: 'rural', by: 'county_rural_revitalization' },
  ],
});
