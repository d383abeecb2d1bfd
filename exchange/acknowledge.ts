/** A recipient's acknowledgement of a list: R48 to R54 require a receipt for what was exchanged. */
import { MonitorError } from '../core/errors.ts';
import { literal } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import type { ListKey } from './version.ts';

export interface Acknowledgement {
  readonly version: number;
  /** false: it had been acknowledged before. */
  readonly changed: boolean;
}

/**
 * Records that the recipient holds a version. Idempotent.
 * @param version null: the newest one sent
 * @param by the acknowledging office or role, never a person's name
 * @throws MonitorError `list-unknown` if no such version was sent
 */
export function acknowledgeList(
  store: Store,
  key: ListKey,
  version: number | null,
  by: string,
): Promise<Acknowledgement> {
  const { month, list, county, recipient } = key;
  const where = Object.entries({ month, list, county, recipient })
    .map(([name, value]) => `${name} = ${literal(value)}`)
    .join(' AND ');
  return store.alone(async ({ sql, commit }) => {
    const versionsIn = async (table: string): Promise<number[]> =>
      (
        await sql.rows<{ version: number }>(
          `SELECT version FROM ${table} WHERE ${where} ORDER BY version`,
        )
      ).map((row) => row.version);
    const sent = await versionsIn('list_version');
    const meant = version ?? sent.at(-1);
    if (meant === undefined || !sent.includes(meant))
      throw new MonitorError(
        'list-unknown',
        `${list} of ${month} for ${recipient} in ${county}${version === null ? '' : `, version ${version},`} never went out`,
        {
          fix:
            sent.length === 0
              ? `doudi lists export --month ${month}`
              : `versions sent: ${sent.join(', ')}`,
        },
      );
    if ((await versionsIn('list_acknowledgement')).includes(meant))
      return { version: meant, changed: false };
    await commit('list.acknowledged', { month, list, county, recipient, version: meant, by });
    return { version: meant, changed: true };
  });
}
