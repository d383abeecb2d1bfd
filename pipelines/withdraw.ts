/** Withdrawal of an extract's version by its department: it stays in the lake and no longer counts. */
import { MonitorError } from '../core/errors.ts';
import type { ExtractWithdrawal } from '../store/records.ts';
import { literal } from '../store/sql.ts';
import type { Store } from '../store/store.ts';

const where = ({
  agency,
  dataset,
  month,
}: Pick<ExtractWithdrawal, 'agency' | 'dataset' | 'month'>): string =>
  `agency = ${literal(agency)} AND dataset = ${literal(dataset)} AND month = ${literal(month)}`;

/**
 * Records that a version no longer counts, or counts again. Idempotent.
 * @throws MonitorError `version-unknown`, `reason-missing`
 */
export async function withdraw(
  store: Store,
  withdrawal: ExtractWithdrawal,
): Promise<{ changed: boolean }> {
  const { version, withdrawn, reason } = withdrawal;
  if (reason.trim() === '')
    throw new MonitorError('reason-missing', 'a withdrawal needs its reason', {
      fix: 'say who asked for it and why',
    });
  return store.alone(async ({ sql, commit }) => {
    const there = await sql.rows<{ version: number }>(
      `SELECT version FROM extract_version WHERE ${where(withdrawal)} ORDER BY version`,
    );
    if (!there.some((row) => row.version === version))
      throw new MonitorError(
        'version-unknown',
        `there is no version ${version} of ${withdrawal.agency}/${withdrawal.dataset} ${withdrawal.month}`,
        {
          fix:
            there.length === 0
              ? 'no version for that month was ever accepted'
              : `there are: ${there.map((row) => row.version).join(', ')}`,
        },
      );
    const [last] = await sql.rows<{ withdrawn: boolean }>(
      `SELECT withdrawn FROM extract_withdrawal WHERE ${where(withdrawal)} AND version = ${version} ORDER BY seq DESC LIMIT 1`,
    );
    if ((last?.withdrawn ?? false) === withdrawn) return { changed: false };
    await commit('extract.withdrawn', withdrawal);
    return { changed: true };
  });
}

/**
 * The version with these bytes.
 * @returns null if they were never accepted for that month
 */
export async function versionWith(
  store: Store,
  key: Pick<ExtractWithdrawal, 'agency' | 'dataset' | 'month'>,
  sha256: string,
): Promise<number | null> {
  const [row] = await store.sql.rows<{ version: number }>(
    `SELECT version FROM extract_version WHERE ${where(key)} AND sha256 = ${literal(sha256.toLowerCase())}`,
  );
  return row?.version ?? null;
}
