import { z } from 'zod';
import { defineAction } from '../action.ts';
import { date, note } from '../fields.ts';
import { typedDay, visited } from '../gates/days.ts';
import { gate } from '../gates/gate.ts';
import { BEFORE_END } from '../stages.ts';

export default defineAction({
  title: '抽查',
  who: ['county_supervisor'],
  from: [...BEFORE_END, 'papers_due', 'closed'],
  order: { listed: 350, offered: 120 },
  form: z.strictObject({ on: date, consistent: z.boolean(), findings: note }),
  gate: (state, { form, actor, day }) => {
    const { investigators, reviewers, visit } = state;
    if (visit === null) return gate('visit', '尚未入户核查', 'the home has not been visited');
    return investigators.includes(actor.name) || reviewers.includes(actor.name)
      ? gate('same-person', '经办人员不得抽查', 'a person who worked on the case may not check it')
      : typedDay(form.on, day, visited(state));
  },
  change: () => ({}),
});
