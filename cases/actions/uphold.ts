import { z } from 'zod';
import { defineAction } from '../action.ts';
import { gate } from '../gates/gate.ts';

export default defineAction({
  title: '同意不予立案',
  who: ['township_leader'],
  from: ['dismissing'],
  order: { listed: 270, offered: 350 },
  form: z.strictObject({}),
  gate: ({ dismissal, investigators }, { actor }) =>
    dismissal?.by === actor.name || investigators.includes(actor.name)
      ? gate(
          'same-person',
          '提出人和调查人员不得自行同意',
          'a person who proposed or investigated may not agree to it',
        )
      : null,
  change: ({ dismissal }) => ({
    dismissal: dismissal === null ? null : { ...dismissal, agreed: true },
  }),
});
