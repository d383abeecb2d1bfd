/**
 * What a month was last evaluated from, as recorded by `identify`, and how that differs from the versions now in force.
 */
import type { Month } from '../core/month.ts';
import type { Standing } from '../store/lake.ts';
import type { Store } from '../store/store.ts';
import { lastRecord } from '../store/step-record.ts';

/** An extract that two evaluations read differently; null: not read. */
export interface ExtractDifference {
  readonly source: string;
  readonly month: Month;
  readonly from: number | null;
  readonly to: number | null;
}

/** One extract read by an evaluation. */
export interface ReadExtract {
  readonly source: string;
  readonly month: Month;
  readonly version: number;
  readonly lake_sha256: string;
  readonly counties: readonly string[] | null;
}

export function noteOf({ source, month, version, lake_sha256, counties }: Standing): ReadExtract {
  return { source, month, version, lake_sha256, counties };
}

/** @returns null when the month was never evaluated */
export async function evaluatedFrom(
  context: { readonly store: Pick<Store, 'sql'>; readonly month: Month },
  month: Month = context.month,
): Promise<readonly ReadExtract[] | null> {
  const record = await lastRecord(context, 'identify', month);
  return record === undefined ? null : (record.detail as ReadExtract[]);
}

/** Extracts whose content or counties differ; a version with the same content is the same. */
export function differences(
  before: readonly ReadExtract[],
  after: readonly ReadExtract[],
): ExtractDifference[] {
  const key = ({ source, month }: ReadExtract): string => `${month} ${source}`;
  const content = (one: ReadExtract | undefined): string =>
    one === undefined ? '' : JSON.stringify([one.lake_sha256, one.counties]);
  const [old, now] = [before, after].map((list) => new Map(list.map((one) => [key(one), one]))) as [
    Map<string, ReadExtract>,
    Map<string, ReadExtract>,
  ];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name) => {
    const [from, to] = [old.get(name), now.get(name)];
    const either = from ?? to;
    if (either === undefined || content(from) === content(to)) return [];
    const { source, month } = either;
    return [{ source, month, from: from?.version ?? null, to: to?.version ?? null }];
  });
}
