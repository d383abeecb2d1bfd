import { openHome } from '../../core/home.ts';
import { setLedgerAside } from '../../core/store/store.ts';
import type { Command } from '../command.ts';
import { withHome } from '../open.ts';

export default {
  name: 'rebuild',
  summary: 'sets the ledger aside and makes a new one from lake and journal',
  usage: 'doudi rebuild',
  options: {},
  async run(invocation) {
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
