import { usageError } from '../../core/errors.ts';
import { runMonth } from '../../pipelines/monthly.ts';
import { runContext } from '../../pipelines/office.ts';
import { lineProgress } from '../../pipelines/progress.ts';
import type { RunReport } from '../../pipelines/report.ts';
import type { Rule } from '../../warnings/schema.ts';
import { AS_OF, asOf } from '../as-of.ts';
import { path, type Command, type Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import { requireMonth } from '../require.ts';
import { printRun } from '../show-run.ts';
import type { Month } from '../../core/month.ts';

/** One monthly run in a home; also what `demo` does for each of its months. */
export function runInHome(
  invocation: Invocation,
  month: Month,
  inbox: string | undefined,
  asOf: Date | null = null,
): Promise<{ report: RunReport; rules: readonly Rule[] }> {
  return withHome(
    invocation,
    async ({ store, office }) => {
      const { rules, ...rest } = await office();
      const context = runContext(
        { rules, ...rest },
        store,
        month,
        inbox,
        lineProgress(invocation.tell),
      );
      // What is delivered today was not known then.
      const report = await runMonth(asOf === null ? context : { ...context, inbox: null });
      return { report, rules: rules.rules };
    },
    { long: true, asOf },
  );
}

export default {
  name: 'run',
  summary: 'the monthly run: extracts in, warnings and leads out; resumable, and the same twice',
  usage: `doudi run --month YYYY-MM [--inbox DIR] [--json]
       doudi run --month YYYY-MM --as-of DATE [--json]   what the run says on what was known then; nothing is kept`,
  options: { month: { type: 'string' }, inbox: { type: 'string' }, ...AS_OF },
  async run(invocation) {
    const [inbox, then] = [path(invocation, 'inbox'), asOf(invocation)];
    if (inbox !== undefined && then !== null)
      throw usageError('--as-of takes nothing in: it goes without --inbox');
    const { report, rules } = await runInHome(invocation, requireMonth(invocation), inbox, then);
    const answer = then === null ? report : { ...report, as_of: then.toISOString() };
    if (invocation.json) await invocation.out(`${JSON.stringify(answer, null, 2)}\n`);
    else await printRun(invocation, report, rules);
  },
} satisfies Command;
