import type { Command } from '../command.ts';
import { option } from '../options.ts';

export default {
  local: true,
  name: 'demo',
  summary: 'generates a small province, runs its months, fills the county queues, serves the page',
  options: [option('--persons <N>', 'how many live there')],
  run: async (invocation) => (await import('../tasks/demo.ts')).run(invocation),
} satisfies Command;
