import { usageError } from '../../core/errors.ts';
import { asOf } from '../as-of.ts';
import { path, type Command } from '../command.ts';
import { AS_OF, MONTH, option } from '../options.ts';
import { requireMonth } from '../require.ts';

export default {
  name: 'run',
  summary: 'the monthly run: extracts in, warnings and leads out; resumable, and the same twice',
  options: [MONTH, option('--inbox <DIR>', 'folder of extracts, signed off by naming it'), AS_OF],
  async run(invocation) {
    const [inbox, then] = [path(invocation, 'inbox'), asOf(invocation)];
    if (inbox !== undefined && then !== null)
      throw usageError('--as-of takes nothing in: leave out --inbox');
    const month = requireMonth(invocation);
    const { runInHome } = await import('../tasks/run.ts');
    const { printRun } = await import('../show-run.ts');
    const { report, rules } = await runInHome(invocation, month, inbox, then);
    const answer = then === null ? report : { ...report, as_of: then.toISOString() };
    if (invocation.json) await invocation.out(`${JSON.stringify(answer, null, 2)}\n`);
    else await printRun(invocation, report, rules);
  },
} satisfies Command;
