import { MonitorError, usageError } from '../../core/errors.ts';
import { openRuleBook } from '../../pipelines/office.ts';
import { writeLock } from '../../warnings/lock.ts';
import type { Command } from '../command.ts';
import { backtestRule } from '../rules/backtest.ts';
import { check } from '../rules/check.ts';
import { diffRules } from '../rules/diff.ts';
import { explain } from '../rules/explain.ts';

export default {
  name: 'rules',
  summary:
    'check, explain, backtest, diff, lock: whether rules are right, why they hold, and what a change would do',
  usage: `doudi rules check
       doudi rules explain RULE --person ID --month YYYY-MM [--lang zh|en]
       doudi rules backtest RULE --from YYYY-MM --to YYYY-MM [--set PARAMETER=VALUE …] [--with FILE] [--keep]
       doudi rules diff --at YYYY-MM-DD --at YYYY-MM-DD --region CODE
       doudi rules lock`,
  options: {
    person: { type: 'string' },
    month: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    set: { type: 'string', multiple: true },
    with: { type: 'string' },
    keep: { type: 'boolean' },
    at: { type: 'string', multiple: true },
    region: { type: 'string' },
    lang: { type: 'string' },
  },
  async run(invocation) {
    const [verb, id] = invocation.positionals;
    if (verb === 'check') return check(invocation);
    if (verb === 'explain' && id !== undefined) return explain(invocation, id);
    if (verb === 'backtest' && id !== undefined) return backtestRule(invocation, id);
    if (verb === 'diff') return diffRules(invocation);
    if (verb === 'lock') {
      const book = await openRuleBook({ parameters: [], trial: [] });
      const refused = writeLock([...book.rules, ...book.segments, ...book.reasons]);
      if (refused.length > 0)
        throw new MonitorError('rules', `changed under the same version: ${refused.join(', ')}`, {
          fix: 'raise the version in the rule file',
        });
      return invocation.out('rules/lock.json written\n');
    }
    throw usageError(
      `doudi rules knows no '${verb ?? ''}'`,
      'check, explain RULE, backtest RULE, diff, lock',
    );
  },
} satisfies Command;
