import { runMonth } from '../../pipelines/monthly.ts';
import { runContext } from '../../pipelines/deployment.ts';
import { lineProgress } from '../../pipelines/progress.ts';
import type { RunReport } from '../../pipelines/report.ts';
import type { Rule } from '../../warnings/schema.ts';
import type { Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import type { Month } from '../../core/month.ts';

/** One monthly run in a home; also used by `demo` for each of its months. */
export function runInHome(
  invocation: Invocation,
  month: Month,
  inbox: string | undefined,
  asOf: Date | null = null,
): Promise<{ report: RunReport; rules: readonly Rule[] }> {
  return withHome(
    invocation,
    async ({ store, deployment }) => {
      const { rules, ...rest } = await deployment();
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
