import type { Command } from '../command.ts';
import { AS_OF, COUNTY, MONTH, option, required } from '../options.ts';

const work = () => import('../tasks/segments.ts');

export default {
  name: 'segments',
  summary: 'the saved segments of a month, and `segments ledger`, why each home is not covered',
  usual: 'show',
  verbs: {
    show: {
      summary: 'how many homes and people each segment has, as CSV',
      options: [MONTH, option('--segment <ID>', 'one segment only'), COUNTY, AS_OF],
      run: async (invocation) => (await work()).show(invocation),
    },
    ledger: {
      summary: 'each home of a segment, and why it is not covered',
      options: [
        MONTH,
        required('--segment <ID>', 'which segment', 'R4-2'),
        COUNTY,
        AS_OF,
        option('--xlsx <FILE>', 'as a workbook, not as CSV'),
      ],
      run: async (invocation) => (await work()).ledger(invocation),
    },
  },
} satisfies Command;
