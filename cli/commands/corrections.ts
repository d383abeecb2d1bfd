import type { Command } from '../command.ts';
import { option } from '../options.ts';

export default {
  name: 'corrections',
  summary:
    'warnings and leads that a later evaluation of a month gained or lost, and because of which extract, as CSV',
  options: [option('--month <YYYY-MM>', 'one month only')],
  run: async (invocation) => (await import('../tasks/corrections.ts')).run(invocation),
} satisfies Command;
