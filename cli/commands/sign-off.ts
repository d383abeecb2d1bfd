import type { Command } from '../command.ts';
import { withHome } from '../open.ts';
import { MONTH, required } from '../options.ts';
import { requireMonth, requireText } from '../require.ts';

export default {
  name: 'sign-off',
  summary: 'takes a month as it is although rules found far from their usual number',
  options: [
    MONTH,
    required('--by <WHO>', 'who accepts it', 'county-520102'),
    required('--note <WHY>', 'why', '"the bureau confirmed the figures"'),
  ],
  async run(invocation) {
    const month = requireMonth(invocation);
    const by = requireText(invocation, 'by');
    const note = requireText(invocation, 'note');
    const { signOff } = await import('../../warnings/alarms.ts');
    await withHome(invocation, async ({ store, deployment }) => {
      const { divisions, rules } = await deployment();
      const alarms = await signOff({ store, divisions, rules, month }, by, note);
      if (invocation.json)
        return invocation.out(`${JSON.stringify({ month, by, note, alarms }, null, 2)}\n`);
      await invocation.out(
        `${month} is signed off${alarms.length === 0 ? '; it had no alarm' : `: ${alarms.map(({ rule, hits, usual }) => `${rule} found ${hits}, usually ${usual}`).join('; ')}`}\n`,
      );
    });
  },
} satisfies Command;
