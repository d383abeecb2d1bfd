import { z } from 'zod';
import { defineAction } from '../action.ts';
import { note, number } from '../fields.ts';
import { gate } from '../gates/gate.ts';
import { noRelative } from '../gates/relatives.ts';
import { BEFORE_END } from '../stages.ts';

export default defineAction({
  title: '县级核实（近亲属）',
  who: ['county_supervisor', 'county_civil_affairs'],
  from: BEFORE_END,
  order: { listed: 70, offered: 100 },
  form: z.strictObject({ number, findings: note, sound: z.boolean() }),
  gate: (state, { actor }) => {
    if (state.visit?.relative_of_staff !== true) return noRelative;
    return state.investigators.includes(actor.name)
      ? gate('same-person', '调查人员不得自行核实', 'an investigator may not check the case')
      : null;
  },
  change: (_, { form }) => ({ countyCheck: form.sound }),
});
