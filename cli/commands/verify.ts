import { MonitorError } from '../../core/errors.ts';
import type { Command } from '../command.ts';
import { withHome } from '../open.ts';

export default {
  name: 'verify',
  summary: 'checks every hash and chain, and a ledger made anew against the one in use',
  async run(invocation) {
    const { verify } = await import('../../store/verify.ts');
    const result = await withHome(
      invocation,
      ({ store }) =>
        verify(store, (done, total) => {
          if (done % 50 === 0 || done === total) invocation.tell(`  ${done}/${total} files\n`);
        }),
      { long: true },
    );
    if (invocation.json) await invocation.out(`${JSON.stringify(result, null, 2)}\n`);
    else
      await invocation.out(
        `${[`${result.records} journal records, ${result.files} files, state ${result.state}`, ...result.faults.map((fault) => `FAULT ${fault}`)].join('\n')}\n`,
      );
    if (!result.ok)
      throw new MonitorError('verify', `${result.faults.length} faults found`, {
        fix: 'restore the files named from a backup, or `doudi rebuild` when only the ledger is at fault',
      });
  },
} satisfies Command;
