import { runMonth } from '../../pipelines/monthly.ts';
import { runContext } from '../../pipelines/office.ts';
import { lineProgress } from '../../pipelines/progress.ts';
import type { RunReport } from '../../pipelines/report.ts';
import type { Rule } from '../../warnings/schema.ts';
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
): Promise<{ report: RunReport; rules: readonly Rule[] }> {
  return withHome(
    invocation,
    async ({ store, office }) => {
      const { rules, ...rest } = await office();
      const report = await runMonth(
        runContext({ rules, ...rest }, store, month, inbox, lineProgress(invocation.tell)),
      );
      return { report, rules: rules.rules };
    },
    { long: true },
  );
}

export default {
  name: 'run',
  summary: 'the monthly run: extracts in, warnings and leads out; resumable, and the same twice',
  usage: 'doudi run --month YYYY-MM [--inbox DIR] [--json]',
  options: { month: { type: 'string' }, inbox: { type: 'string' } },
  async run(invocation) {
    const { report, rules } = await runInHome(
      invocation,
      requireMonth(invocation),
      path(invocation, 'inbox'),
    );
    if (invocation.json) await invocation.out(`${JSON.stringify(report, null, 2)}\n`);
    else await printRun(invocation, report, rules);
  },
} satisfies Command;
