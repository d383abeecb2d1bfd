/** Gates of a case that goes to another county, and of a batch that is taken back. */
import { gate, type Gates } from './gate.ts';

const notReceiving = gate(
  'not-receiving',
  '由迁入县民政部门办理',
  'the receiving county takes it or leaves it',
);

export const MOVE_GATES: Gates = {
  hand_off: ({ county }, { form }) =>
    form.county === county
      ? gate('same-county', '移交对象须是其他县（市、区）', 'it is handed to another county')
      : null,
  accept_hand_off: ({ handOff }, { form, actor }) => {
    if (actor.region !== handOff?.county) return notReceiving;
    return form.township.startsWith(handOff.county)
      ? null
      : gate('township', '乡镇（街道）不在迁入县', 'the township is not of the receiving county');
  },
  decline_hand_off: ({ handOff }, { actor }) =>
    actor.region === handOff?.county ? null : notReceiving,
  undo: ({ before, last }, { actor }) => {
    if (before === null)
      return gate(
        'nothing-to-undo',
        '上一步不是批量操作',
        'the last action did not come in a batch',
      );
    return last?.by.role === actor.role
      ? null
      : gate('not-yours', '只能撤销本岗位的批量操作', 'only the same office undoes it');
  },
};
