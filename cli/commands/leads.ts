import type { Command } from '../command.ts';
import { AS_OF, BY, COUNTY, MONTH, option, required } from '../options.ts';

const work = () => import('../tasks/leads.ts');

export default {
  name: 'leads',
  summary: 'the leads of a month as CSV; `leads close ID` writes down what a visit found',
  usual: 'show',
  verbs: {
    show: {
      summary: 'the leads of a month, as CSV',
      options: [MONTH, COUNTY, option('--scores', 'with the factors of their order'), AS_OF],
      run: async (invocation) => (await work()).show(invocation),
    },
    close: {
      summary: 'writes down what a visit found',
      words: ['<lead>'],
      options: [
        required('--outcome <OUTCOME>', 'assisted, not_eligible or unfounded', 'not_eligible'),
        option('--reason <TEXT>', 'why'),
        option('--clause <TEXT>', 'for which rule'),
        option('--month <YYYY-MM>', 'the month of the visit (default: this one)'),
        BY,
      ],
      run: async (invocation) => (await work()).close(invocation),
    },
  },
} satisfies Command;
