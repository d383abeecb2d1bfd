/** What a home says of itself, for tests that compare homes. */
import { openHome } from '../../core/home.ts';
import { digest, type Digest } from '../../store/dump.ts';
import { openStore, type Store } from '../../store/store.ts';
import { CLOCK, doudi } from './doudi.ts';

export async function withStore<T>(home: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(openHome(home), CLOCK);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/**
 * What stands, however it came to stand: which format and version brought an extract, in which order months were run
 * and which lead was opened first is left out. Deliveries in any order that end in the same data have the same.
 */
const STANDING: Readonly<Record<string, string>> = {
  extract:
    'SELECT agency, dataset, month, lake_sha256, row_count, quarantined, counties FROM extract_standing',
  warning: 'SELECT * FROM warning',
  not_evaluated: 'SELECT * FROM not_evaluated',
  watch_item: 'SELECT * FROM watch_item',
  segment_member: 'SELECT * FROM segment_member',
  segment_missing: 'SELECT * FROM segment_missing',
  // Of every home and direction the warnings that are on its open card.
  card: `SELECT l.direction, l.household_id, l.person_id AS home_person, e.rule, e.person_id FROM (
      SELECT * FROM lead_event QUALIFY row_number() OVER (PARTITION BY lead_id, rule, person_id ORDER BY month DESC, seq DESC) = 1
    ) e JOIN lead l ON l.lead_id = e.lead_id ANTI JOIN lead_outcome o ON o.lead_id = l.lead_id WHERE e.action = 'attached'`,
};

export const standingHash = ({ sql, home: { temporary } }: Store): Promise<Digest> =>
  digest(sql, temporary, STANDING);

/** What stands in a home, without how it came to stand. */
export const standing = (home: string): Promise<Digest> => withStore(home, standingHash);

/** The state that `verify` prints. @throws when it finds a fault */
export async function verified(home: string): Promise<string> {
  const { faults, state } = JSON.parse(await doudi(home, ['verify', '--json'])) as {
    faults: string[];
    state: string;
  };
  if (faults.length > 0) throw new Error(faults.join('; '));
  return state;
}
