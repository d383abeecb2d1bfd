/** What a home says of itself, for tests that compare homes. */
import { openHome } from '../../core/home.ts';
import { standingHash, type Digest } from '../../core/store/dump.ts';
import { openStore, type Store } from '../../core/store/store.ts';
import { CLOCK, doudi } from './doudi.ts';

export async function withStore<T>(home: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(openHome(home), CLOCK);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** What stands in a home, without how it came to stand. */
export const standing = (home: string): Promise<Digest> =>
  withStore(home, ({ sql, home: { temporary } }) => standingHash(sql, temporary));

/** The state that `verify` prints. @throws when it finds a fault */
export async function verified(home: string): Promise<string> {
  const { faults, state } = JSON.parse(await doudi(home, ['verify', '--json'])) as {
    faults: string[];
    state: string;
  };
  if (faults.length > 0) throw new Error(faults.join('; '));
  return state;
}
