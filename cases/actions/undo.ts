import { z } from 'zod';
import { defineAction } from '../action.ts';
import { note } from '../fields.ts';
import { gate } from '../gates/gate.ts';
import { BEFORE_END } from '../stages.ts';

export default defineAction({
  title: '撤销批量操作',
  who: [
    'township_officer',
    'township_leader',
    'county_civil_affairs',
    'county_rural_revitalization',
  ],
  from: [...BEFORE_END, 'handed_off', 'closed'],
  order: { listed: 360, offered: 130 },
  form: z.strictObject({ reason: note }),
  gate: ({ before, last }, { actor }) => {
    if (before === null)
      return gate(
        'nothing-to-undo',
        '上一步不是批量操作',
        'the last action was not part of a batch',
      );
    return last?.by.role === actor.role
      ? null
      : gate('not-yours', '只能撤销本岗位的批量操作', 'only the same office can undo it');
  },
  change: () => ({}),
  takesBack: 'action',
});
