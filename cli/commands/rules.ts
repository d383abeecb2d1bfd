import { MonitorError } from '../../core/errors.ts';
import type { Command, Invocation } from '../command.ts';
import { MONTH, option, repeated, required } from '../options.ts';

async function lock(invocation: Invocation): Promise<void> {
  const { openRuleBook } = await import('../../pipelines/deployment.ts');
  const { writeLock } = await import('../../warnings/lock.ts');
  const book = await openRuleBook({ parameters: [], trial: [] });
  const refused = writeLock([...book.rules, ...book.segments, ...book.reasons]);
  if (refused.length > 0)
    throw new MonitorError('rules', `changed under the same version: ${refused.join(', ')}`, {
      fix: 'raise the version in the rule file',
    });
  await invocation.out('rules/lock.json written\n');
}

export default {
  name: 'rules',
  summary:
    'check, explain, backtest, diff, lock: whether rules are right, why they hold, and what a change would do',
  verbs: {
    check: {
      summary: 'every rule against its examples, every figure against its place and time',
      run: async (invocation) => (await import('../rules/check.ts')).check(invocation),
    },
    explain: {
      summary: 'why a rule holds for somebody, from which rows, and what would reverse it',
      words: ['<rule>'],
      options: [
        required('--person <ID>', 'a person or a home', '0123456789abcdef0123456789abcdef'),
        MONTH,
        option('--lang <LANGUAGE>', 'zh or en'),
      ],
      run: async (invocation) => (await import('../rules/explain.ts')).explain(invocation),
    },
    backtest: {
      summary: 'a rule over past months, with other figures or another version',
      words: ['<rule>'],
      options: [
        required('--from <YYYY-MM>', 'the first month', '2025-08'),
        required('--to <YYYY-MM>', 'the last month', '2025-10'),
        repeated('--set <PARAMETER=VALUE>', 'another figure'),
        option('--with <FILE>', 'another version of the rule'),
        option('--keep', 'shows the result on the page'),
      ],
      run: async (invocation) => (await import('../rules/backtest.ts')).backtestRule(invocation),
    },
    diff: {
      summary: 'what changed in a place’s law between two days, and how many it affects',
      options: [
        repeated('--at <YYYY-MM-DD>', 'a day; give two to compare'),
        required('--region <CODE>', 'the place', '520000'),
      ],
      run: async (invocation) => (await import('../rules/diff.ts')).diffRules(invocation),
    },
    lock: { summary: 'writes rules/lock.json', run: lock },
  },
} satisfies Command;
