/** The lake: immutable checked extracts, and which version of each is in force. */
import { join } from 'node:path';
import type { Home } from '../core/home.ts';
import { isMonth, type Month } from '../core/month.ts';
import type { ExtractKey } from './records.ts';
import type { Store } from './store.ts';
import { literal } from './sql.ts';

export function lakeFile(
  home: Home,
  { agency, dataset, month }: ExtractKey,
  version: number,
): string {
  return join(home.lake, agency, dataset, `month=${month}`, `v${version}.parquet`);
}

export interface Standing {
  readonly source: string;
  readonly month: Month;
  readonly version: number;
  readonly sha256: string;
  readonly lake_sha256: string;
  readonly path: string;
  readonly rows: number;
  /** null: the whole province. */
  readonly counties: readonly string[] | null;
}

/** The version in force of every extract up to a month, by source and month. */
export async function standingVersions(store: Store, until: Month): Promise<Standing[]> {
  const rows = await store.sql.rows<{
    agency: string;
    dataset: string;
    month: string;
    version: number;
    sha256: string;
    lake_sha256: string;
    n: number;
    counties: string[] | null;
  }>(`SELECT agency, dataset, month, version, sha256, lake_sha256, row_count::INTEGER AS n, counties FROM extract_standing
      WHERE month <= ${literal(until)}
      ORDER BY agency, dataset, month`);
  return rows.flatMap(({ agency, dataset, month, version, sha256, lake_sha256, n, counties }) =>
    isMonth(month)
      ? [
          {
            source: `${agency}/${dataset}`,
            month,
            version,
            sha256,
            lake_sha256,
            rows: n,
            counties,
            path: lakeFile(store.home, { agency, dataset, month }, version),
          },
        ]
      : [],
  );
}
