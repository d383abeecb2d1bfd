import { loadContracts } from '../../connectors/index.ts';
import { runMonth } from '../../pipelines/monthly.ts';
import { lineProgress } from '../../pipelines/progress.ts';
import type { RunReport } from '../../pipelines/report.ts';
import { loadRuleBook } from '../../warnings/rule-book.ts';
import type { Rule } from '../../warnings/schema.ts';
import { text, type Command, type Invocation } from '../command.ts';
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
  return withHome(invocation, async ({ store, config, divisions }) => {
    const rules = loadRuleBook(config.parameters);
    const report = await runMonth({
      month,
      store,
      config,
      divisions,
      contracts: await loadContracts(),
      rules,
      log: invocation.log,
      progress: lineProgress(invocation.tell),
      inbox: inbox ?? config.inbox ?? null,
      signedOff: inbox !== undefined,
      steps: [],
    });
    return { report, rules: rules.rules };
  });
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
      text(invocation, 'inbox'),
    );
    if (invocation.json) await invocation.out(`${JSON.stringify(report, null, 2)}\n`);
    else await printRun(invocation, report, rules);
  },
} satisfies Command;
