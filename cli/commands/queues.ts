import type { Command } from '../command.ts';
import { COUNTY } from '../options.ts';

const work = () => import('../tasks/queues.ts');

export default {
  name: 'queues',
  summary: 'each county’s leads: waiting, delivered, given up; `queues retry` sends the last again',
  usual: 'show',
  verbs: {
    show: {
      summary: 'waiting, delivered and given up, by county',
      run: async (invocation) => (await work()).show(invocation),
    },
    retry: {
      summary: 'resends what was given up',
      options: [COUNTY],
      run: async (invocation) => (await work()).retry(invocation),
    },
  },
} satisfies Command;
