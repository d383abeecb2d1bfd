import type { Command } from '../command.ts';
import { option, required } from '../options.ts';

export default {
  local: true,
  name: 'generate',
  summary: 'writes a synthetic province with planted cases, the same for the same seed',
  options: [
    required('--out <DIR>', 'where the extracts go', 'inbox'),
    required('--persons <N>', 'how many live there', '20000'),
    required('--months <A..B>', 'the months', '2025-07..2025-10'),
    required('--seed <S>', 'the same seed, the same province', '1'),
    option('--province <CODE>', 'its division code, e.g. 52'),
  ],
  run: async (invocation) => (await import('../tasks/generate.ts')).run(invocation),
} satisfies Command;
