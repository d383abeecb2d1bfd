/**
 * Deliveries that withdraw an earlier one: a manifest with `"withdrawn": true` and the `sha256` of the file meant,
 * whether or not that file is still beside it. A file merely missing from a source means nothing: sources get
 * tidied up.
 */
import type { FoundDelivery } from '../../files/extract/folder.ts';
import { readManifest, type Manifest } from '../../files/extract/manifest.ts';
import { Refused } from '../../core/refused.ts';
import type { Month } from '../../core/month.ts';
import type { RunContext } from '../context.ts';
import type { FileReport } from '../report.ts';
import { versionWith, withdraw } from '../withdraw.ts';

/** An invalid manifest is handled where its file is taken. */
function manifestOf({ manifestPath }: FoundDelivery): Manifest | null {
  try {
    return readManifest(manifestPath);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

async function takeBack(
  context: Pick<RunContext, 'store' | 'log'>,
  delivery: FoundDelivery & { readonly month: Month },
  { sha256 }: Manifest,
): Promise<{ report: FileReport; changed: boolean }> {
  const { store, log } = context;
  const { agency, dataset, month, file } = delivery;
  const report = { agency, dataset, month, file, rows: 0, quarantined: 0 };
  const version = sha256 === undefined ? null : await versionWith(store, delivery, sha256);
  if (version === null) {
    const reason = new Refused(
      'manifest',
      'the manifest withdraws a file that was never accepted',
      {
        accepts: 'the sha256 of the withdrawn file, as delivered',
      },
    ).reason;
    return {
      report: { ...report, version, outcome: 'refused', code: 'manifest', reasons: [reason] },
      changed: false,
    };
  }
  // The department's own words may name a person; what matters is that the department withdrew it.
  const { changed } = await withdraw(store, {
    agency,
    dataset,
    month,
    version,
    withdrawn: true,
    reason: 'withdrawn by the department’s manifest',
    by: 'manifest',
  });
  if (changed) log.info({ agency, dataset, month, version }, 'extract withdrawn');
  return { report: { ...report, version, outcome: 'withdrawn', reasons: [] }, changed };
}

/**
 * @param manifests manifests without a file
 * @returns the results of the withdrawals, and the deliveries that are not withdrawals
 */
export async function takeWithdrawals(
  context: Pick<RunContext, 'store' | 'log'>,
  deliveries: readonly FoundDelivery[],
  manifests: readonly FoundDelivery[],
): Promise<{ reports: FileReport[]; changed: boolean; rest: FoundDelivery[] }> {
  const reports: FileReport[] = [];
  const rest: FoundDelivery[] = [];
  let changed = false;
  for (const delivery of [...deliveries, ...manifests]) {
    const manifest = manifestOf(delivery);
    const { month } = delivery;
    if (manifest?.withdrawn === true && month !== null) {
      const taken = await takeBack(context, { ...delivery, month }, manifest);
      reports.push(taken.report);
      changed ||= taken.changed;
    } else if (!manifests.includes(delivery)) rest.push(delivery);
  }
  return { reports, changed, rest };
}
