import type { Command } from '../command.ts';
import { MONTH, option } from '../options.ts';

export default {
  name: 'report',
  summary: 'the answer to each department on the newest file of a month',
  options: [MONTH, option('--source <AGENCY/DATASET>', 'to one source only')],
  run: async (invocation) => (await import('../tasks/report.ts')).run(invocation),
} satisfies Command;
