import type { Command } from '../command.ts';
import { COUNTY, MONTH, option } from '../options.ts';

export default {
  name: 'work',
  summary:
    'what offices are behind with on a day, as CSV: late extracts, villages and lists, data to be corrected',
  options: [MONTH, option('--on <YYYY-MM-DD>', 'the day (default: today)'), COUNTY],
  run: async (invocation) => (await import('../tasks/work.ts')).run(invocation),
} satisfies Command;
