/** Makes the lists of a month: one query per list, one file per county. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileDigests } from '../core/hash.ts';
import type { Home } from '../core/home.ts';
import { identifier, literal, type Sql } from '../store/sql.ts';
import { cellOf } from './shared/cells.ts';
import type { List, Relations } from './shared/list.ts';

/** A county's list as it would be sent now. */
export interface ListDraft {
  readonly path: string;
  readonly rows: number;
  readonly sha256: string;
  readonly sm3: string;
}

/** Lists with the same content are made once: the five full ones differ only in their recipient. */
export function alike(lists: readonly List[], relations: Relations): List[][] {
  const groups = new Map<string, List[]>();
  for (const list of lists) {
    const content = JSON.stringify([list.columns, list.select(relations)]);
    groups.set(content, [...(groups.get(content) ?? []), list]);
  }
  return [...groups.values()];
}

/**
 * Passes the list of each county to the callback in turn; the file is deleted when the callback returns.
 * @param counties that want the list
 */
export async function makeList(
  { sql, home }: { readonly sql: Sql; readonly home: Home },
  list: List,
  relations: Relations,
  counties: readonly string[],
  take: (county: string, draft: ListDraft) => Promise<void>,
): Promise<void> {
  const cells = Object.entries(list.columns).map(
    ([name, type]) => `${cellOf(name, type)} AS ${identifier(name)}`,
  );
  const names = Object.keys(list.columns).map(identifier);
  const order = names.map((name) => `${name} NULLS FIRST`).join(', ');
  await sql.run(`CREATE OR REPLACE TEMP TABLE list_row AS
    SELECT DISTINCT county, ${cells.join(', ')} FROM (${list.select(relations)}) ORDER BY county, ${order}`);
  const counted = await sql.rows<{ county: string; n: number }>(
    'SELECT county, count(*)::INTEGER AS n FROM list_row GROUP BY county',
  );
  const rows = new Map(counted.map(({ county, n }) => [county, n]));
  const path = join(home.temporary, 'list.csv');
  for (const county of counties) {
    await sql.run(`COPY (SELECT ${names.join(', ')} FROM list_row WHERE county = ${literal(county)} ORDER BY ${order})
      TO ${literal(path)} (FORMAT csv, HEADER, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '')`);
    const digests = await fileDigests(path, ['sha256', 'sm3']);
    await take(county, { path, rows: rows.get(county) ?? 0, ...digests });
    rmSync(path, { force: true });
  }
}
