import type { Command } from '../command.ts';
import { COUNTY, MONTH } from '../options.ts';

export default {
  name: 'watch',
  summary:
    'the dates to come of a month as CSV: birthdays, graduations, ends of certificates, of grace and of clauses',
  options: [MONTH, COUNTY],
  run: async (invocation) => (await import('../work/watch.ts')).run(invocation),
} satisfies Command;
