import type { Command } from '../command.ts';
import { option, required } from '../options.ts';

const work = () => import('../tasks/audit.ts');

export default {
  name: 'audit',
  summary: 'who read which lead, sign-ins and sign-outs; proves that nothing was cut',
  usual: 'show',
  verbs: {
    show: {
      summary: 'the entries, as CSV',
      options: [
        option('--from <DAY>', 'the first day'),
        option('--to <DAY>', 'the last day'),
        option('--account <NAME>', 'of one account only'),
        option('--county <CODE>', 'about one division only'),
      ],
      run: async (invocation) => (await work()).show(invocation),
    },
    checkpoint: {
      summary: 'count and head of the chain, to be kept by another department',
      run: async (invocation) => (await work()).checkpoint(invocation),
    },
    check: {
      summary: 'proves that the chain continues from a checkpoint',
      options: [
        required('--count <N>', 'of the checkpoint', '120'),
        required('--head <HASH>', 'of the checkpoint', 'the 64 hex digits of the checkpoint'),
      ],
      run: async (invocation) => (await work()).check(invocation),
    },
  },
} satisfies Command;
