/** Opens a home for a command and makes sure it is closed again. */
import { readConfig, type Config } from '../core/config.ts';
import { openHome } from '../core/home.ts';
import { divisionsOf, type Divisions } from '../core/region.ts';
import { openStore, type Store } from '../core/store/store.ts';
import type { Invocation } from './command.ts';

export interface Opened {
  readonly store: Store;
  readonly config: Config;
  readonly divisions: Divisions;
}

/** Configuration first: a wrong doudi.yaml stops before anything is touched. */
export async function withHome<T>(
  invocation: Invocation,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const config = readConfig(invocation.home);
  const divisions = divisionsOf(config.province, config.divisions);
  const store = await openStore(openHome(invocation.home), invocation.clock);
  try {
    return await work({ store, config, divisions });
  } finally {
    await store.close();
  }
}
