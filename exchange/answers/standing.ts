/** The newest report of every dataset for a month, and whether the department has received it. */
import { sourceName, type Contract } from '../../files/extract/contract.ts';
import type { Config } from '../../core/config.ts';
import type { Month } from '../../core/month.ts';
import type { Store } from '../../store/store.ts';
import { readDeliveries } from './deliver.ts';
import { originsOf } from './origin.ts';
import { isExtract, nameOf, reportOf, type ExtractRecord, type Report } from './report.ts';

/** home: no answer channel is configured for the file's origin. */
export interface DeliveryState {
  readonly state: 'home' | 'due' | 'failed' | 'done';
  readonly channel: 'beside' | 'webhook' | null;
  /** Error code if the last attempt failed; empty otherwise. */
  readonly code: string;
  readonly at: string | null;
}

export interface StandingReport {
  /** Below the home, without extension: `reports/education/enrolment/2026-10-v1`. */
  readonly path: string;
  readonly report: Report;
  readonly delivery: DeliveryState;
}

/** @param source `agency/dataset`; undefined: all */
export async function standingReports(
  {
    config,
    contracts,
  }: { readonly config: Config; readonly contracts: ReadonlyMap<string, Contract> },
  store: Store,
  month: Month,
  source: string | undefined,
): Promise<StandingReport[]> {
  const newest = new Map<string, ExtractRecord>();
  for (const record of store.records.filter(isExtract)) {
    const name = sourceName(record.data);
    if (record.data.month === month && (source === undefined || source === name))
      newest.set(name, record);
  }
  const deliveries = await readDeliveries(store.sql);
  const origins = new Map(originsOf(config).map((origin) => [origin.name, origin]));
  return [...newest]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, record]) => {
      const last = deliveries.get(record.seq);
      const answer = origins.get(record.data.origin ?? '')?.answer ?? null;
      const delivery: DeliveryState =
        last !== undefined
          ? { state: last.outcome, channel: last.channel, code: last.code, at: last.at }
          : {
              state: answer === null ? 'home' : 'due',
              channel: answer?.to ?? null,
              code: '',
              at: null,
            };
      return {
        path: `reports/${name}/${nameOf(record)}`,
        report: reportOf(record, contracts.get(name)),
        delivery,
      };
    });
}
