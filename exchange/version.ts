/** Versions of lists: what the ledger knows about them, and where their files are in the home. */
import { join } from 'node:path';
import type { Home } from '../core/home.ts';
import type { Month } from '../core/month.ts';
import { literal, type Sql } from '../store/sql.ts';

/** One list of one county for one recipient and month. */
export interface ListKey {
  readonly month: Month;
  readonly list: string;
  readonly county: string;
  readonly recipient: string;
}

export interface ListVersion extends ListKey {
  readonly version: number;
  /** Below the home. */
  readonly file: string;
  readonly rows: number;
  readonly sha256: string;
  readonly sm3: string;
  /** Journal number of the record that sent it. */
  readonly seq: number;
}

export function keyOf({ month, list, county, recipient }: ListKey): string {
  return [month, county, recipient, list].join('/');
}

/** Below the home: `exports/<M>/<county>/<recipient>/<list>-v<n>.csv`. */
export function fileOf({ month, county, recipient, list }: ListKey, version: number): string {
  return ['exports', month, county, recipient, `${list}-v${version}.csv`].join('/');
}

export function manifestOf(file: string): string {
  return file.replace(/\.csv$/, '.manifest.json');
}

/** Made but not yet in place, named by SHA-256. */
export function stagingFolder(home: Home): string {
  return join(home.root, 'exports', '.staging');
}

/** All versions sent, or those of one month; oldest first. */
export async function listVersions(sql: Sql, month?: Month): Promise<ListVersion[]> {
  const only = month === undefined ? '' : `WHERE month = ${literal(month)}`;
  return sql.rows<ListVersion>(
    `SELECT month, list, county, recipient, version, file, row_count::INTEGER AS rows, sha256, sm3, seq::INTEGER AS seq
     FROM list_version ${only} ORDER BY month, county, recipient, list, version`,
  );
}

/** The newest version of each list, by its key. */
export function newestOf(versions: readonly ListVersion[]): Map<string, ListVersion> {
  return new Map(versions.map((version) => [keyOf(version), version]));
}
