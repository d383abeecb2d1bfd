import type { Command } from '../command.ts';
import { MONTH, option, required } from '../options.ts';

const work = () => import('../tasks/lists.ts');

export default {
  name: 'lists',
  summary: 'the lists that a county’s departments give each other every month; the same twice',
  verbs: {
    export: {
      summary: 'writes the lists of a month into the home',
      options: [MONTH],
      run: async (invocation) => (await work()).exportLists(invocation),
    },
    acknowledge: {
      summary: 'records that a department has received its list',
      options: [
        MONTH,
        required('--list <LIST>', 'which list', 'new-monitored'),
        required('--to <RECIPIENT>', 'the department', 'civil-affairs'),
        required('--county <CODE>', 'its county', '520102'),
        required('--by <WHO>', 'who has received it', 'county-520102'),
        option('--version <N>', 'of the list (default: the newest)'),
      ],
      run: async (invocation) => (await work()).acknowledge(invocation),
    },
  },
} satisfies Command;
