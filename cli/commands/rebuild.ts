import { MonitorError } from '../../core/errors.ts';
import type { Command } from '../command.ts';
import { withHome } from '../open.ts';
import { isServed } from '../serve/ask.ts';

export default {
  local: true,
  name: 'rebuild',
  summary: 'sets the ledger aside and makes a new one from lake and journal',
  async run(invocation) {
    if (await isServed(invocation.home))
      throw new MonitorError('ledger-busy', 'doudi serve holds this home', {
        fix: 'stop it first: a ledger in use cannot be set aside',
      });
    const { openHome } = await import('../../core/home.ts');
    const { setLedgerAside } = await import('../../store/store.ts');
    const suffix = `aside-${invocation.clock.now().toISOString().replace(/[-:.]/g, '')}`;
    setLedgerAside(openHome(invocation.home), suffix);
    const records = await withHome(invocation, ({ store }) =>
      Promise.resolve(store.records.length),
    );
    await invocation.out(
      `rebuilt from ${records} journal records; the old ledger is kept as doudi.duckdb.${suffix}\n`,
    );
  },
} satisfies Command;
