/** Opens a home for a command and makes sure it is closed again; inside `serve` it is open already. */
import { readConfig, type Config } from '../core/config.ts';
import { openHome } from '../core/home.ts';
import { divisionsOf, type Divisions } from '../core/region.ts';
import { withHomeAsOf } from '../core/store/as-of.ts';
import { refuseUnfinished } from '../core/store/restore.ts';
import { openStore, type Store } from '../core/store/store.ts';
import { openOffice, type Office } from '../pipelines/office.ts';
import type { Invocation } from './command.ts';

export interface Opened {
  readonly store: Store;
  readonly config: Config;
  readonly divisions: Divisions;
  /** Connectors and rules as well, for commands that run the line. */
  readonly office: () => Promise<Office>;
}

/**
 * Configuration first: a wrong doudi.yaml stops before anything is touched.
 * @param options.long the work takes the machine for a while: one such work at a time
 * @param options.asOf the work sees the home as it was at that instant, and what it writes is gone with it
 */
export async function withHome<T>(
  invocation: Invocation,
  work: (opened: Opened) => Promise<T>,
  { long = false, asOf = null }: { long?: boolean; asOf?: Date | null } = {},
): Promise<T> {
  const { held, clock } = invocation;
  const on = (opened: Opened): Promise<T> =>
    asOf === null
      ? work(opened)
      : withHomeAsOf(opened.store.home, asOf, clock, (store) => work({ ...opened, store }));
  if (held !== null) {
    const { office } = held;
    const { config, divisions } = office;
    const task = (): Promise<T> =>
      held.store.task((store) =>
        on({ store, config, divisions, office: () => Promise.resolve(office) }),
      );
    return long || asOf !== null ? held.long(task) : task();
  }
  refuseUnfinished(invocation.home);
  const config = readConfig(invocation.home);
  const divisions = divisionsOf(config.province, config.divisions);
  const store = await openStore(openHome(invocation.home), clock);
  try {
    return await on({
      store,
      config,
      divisions,
      office: () => openOffice(config, divisions, invocation.log),
    });
  } finally {
    await store.close();
  }
}
