/** The trend of each department's data quality, from the ledger. */
import { readFileSync } from 'node:fs';
import type { Month } from '../../core/month.ts';
import { literal } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';

/** Same per agency, dataset and month, with the lists below as texts; the published table `source_quality`. */
export const SOURCE_QUALITY = readFileSync(new URL('source-quality.sql', import.meta.url), 'utf8');

export interface Quality {
  readonly agency: string;
  readonly dataset: string;
  readonly month: string;
  readonly versions: number;
  /** From the newest version; null: none was accepted. */
  readonly rows: number | null;
  readonly quarantined: number | null;
  /** Bad rows as a share of all rows, 0 to 1; null: none was accepted. */
  readonly share: number | null;
  readonly refused: number;
  /** Findings per code in the newest version, most frequent first. */
  readonly codes: readonly { readonly code: string; readonly n: number }[];
  /** Distinct codes of refused files. */
  readonly refusal_codes: readonly string[];
  /** From the end of the month to the first accepted version; negative: before the month ended. */
  readonly days_after_month: number | null;
}

type Row = Omit<Quality, 'codes' | 'refusal_codes'> & {
  readonly reason_counts: string;
  readonly refusal_codes: string;
};

/** Codes from a ledger's `reason_counts`, most frequent first. */
export function codesOf(reasonCounts: string): Quality['codes'] {
  return Object.entries(JSON.parse(reasonCounts) as Record<string, number>)
    .map(([code, n]) => ({ code, n }))
    .sort((a, b) => b.n - a.n || (a.code < b.code ? -1 : 1));
}

/** @param source `agency/dataset`; undefined: all */
export async function readQuality(
  { sql }: Store,
  from: Month,
  to: Month,
  source: string | undefined,
): Promise<Quality[]> {
  const only = source === undefined ? '' : `AND agency || '/' || dataset = ${literal(source)}`;
  const rows = await sql.rows<Row>(
    `SELECT * REPLACE (rows::INTEGER AS rows, quarantined::INTEGER AS quarantined) FROM (${SOURCE_QUALITY})
     WHERE month BETWEEN ${literal(from)} AND ${literal(to)} ${only} ORDER BY agency, dataset, month`,
  );
  return rows.map(({ reason_counts: counts, refusal_codes: refusals, ...row }) => ({
    ...row,
    codes: codesOf(counts),
    refusal_codes: refusals === '' ? [] : refusals.split(' '),
  }));
}
