import type { Command } from '../command.ts';
import { option, required } from '../options.ts';

export default {
  name: 'quality',
  summary: 'what each department handed in, month by month: bad rows, refusals, days late',
  options: [
    required('--months <A..B>', 'the months', '2026-01..2026-10'),
    option('--source <AGENCY/DATASET>', 'of one source only'),
  ],
  run: async (invocation) => (await import('../tasks/quality.ts')).run(invocation),
} satisfies Command;
