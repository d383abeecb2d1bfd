import type { Command } from '../command.ts';
import { COUNTY, MONTH } from '../options.ts';

export default {
  name: 'watch',
  summary:
    'upcoming dates of a month as CSV: birthdays, graduations, ends of certificates, grace periods and clauses',
  options: [MONTH, COUNTY],
  run: async (invocation) => (await import('../tasks/watch.ts')).run(invocation),
} satisfies Command;
