/** The record of a month's step: its fingerprint, counts and files. */
import { canonicalJson, sha256 } from '../core/hash.ts';
import type { Month } from '../core/month.ts';
import { literal } from './sql.ts';
import type { Store } from './store.ts';

/** Increment when a change in a step's code changes its result for the same input. */
const ENGINE = 1;

export function fingerprint(parts: unknown): string {
  return sha256(canonicalJson({ engine: ENGINE, parts }));
}

export interface LastRecord {
  readonly fingerprint: string;
  readonly rows: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly files: Readonly<Record<string, string>>;
  readonly detail: readonly unknown[];
}

/** The step's last result for a month. */
export async function lastRecord(
  context: { readonly store: Pick<Store, 'sql'>; readonly month: Month },
  step: string,
  month: Month = context.month,
): Promise<LastRecord | undefined> {
  const [row] = await context.store.sql.rows<{
    fingerprint: string;
    n: number;
    counts: string;
    files: string;
    detail: string;
  }>(
    `SELECT fingerprint, row_count::INTEGER AS n, counts, files, detail FROM step_record
     WHERE month = ${literal(month)} AND step = ${literal(step)} ORDER BY seq DESC LIMIT 1`,
  );
  return row === undefined
    ? undefined
    : {
        fingerprint: row.fingerprint,
        rows: row.n,
        counts: JSON.parse(row.counts) as LastRecord['counts'],
        files: JSON.parse(row.files) as LastRecord['files'],
        detail: JSON.parse(row.detail) as unknown[],
      };
}
