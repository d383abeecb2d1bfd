import type { Command } from '../command.ts';
import { option, repeated } from '../options.ts';

export default {
  // The key must not reach the serving process: this runs in the calling process.
  local: true,
  name: 'pseudonymise',
  summary: 'replaces identity numbers by ids before data leave a department; needs the key',
  words: ['[file]', '[columns...]'],
  options: [
    option('--key-file <K>', 'the province’s key'),
    option('--new-key <FILE>', 'makes a key instead'),
    repeated('--column <NAME[=NEW]>', 'holds identity numbers'),
    repeated('--household-column <NAME[=NEW]>', 'holds numbers of homes'),
    repeated('--keep <NAMES>', 'goes into the county’s roster: name,address,phone'),
    repeated('--drop <NAMES>', 'stays behind'),
    option('--out <DIR>', 'where the result goes'),
    option('--sheet <N>', 'which tab of a workbook'),
    option('--skip-bad', 'leaves out rows that are refused, and counts them'),
  ],
  run: async (invocation) => (await import('../tasks/pseudonymise.ts')).run(invocation),
} satisfies Command;
