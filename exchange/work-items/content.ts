/**
 * The content of each extract by county: rows, sums of its amounts, duplicate persons, villages. Counted once per
 * file of the lake and kept among the work files under the file's digest; if deleted, the counts are recomputed.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { factsOf, type Kind } from '../../files/extract/columns.ts';
import type { Contract } from '../../files/extract/contract.ts';
import { workFile, type Home } from '../../core/home.ts';
import type { Month } from '../../core/month.ts';
import { fileDigests } from '../../core/hash.ts';
import { settle } from '../../store/files.ts';
import { lakeFile } from '../../store/lake.ts';
import { identifier, literal, parquet } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';

/** One version of an extract to examine. */
export interface Version {
  readonly agency: string;
  readonly dataset: string;
  readonly month: Month;
  readonly version: number;
  readonly lake_sha256: string;
}

/** Columns of a kind, in contract order. */
export function columnsOf({ row }: Contract, kind: Kind['kind']): string[] {
  return Object.entries(row.shape)
    .filter(([, column]) => factsOf(column).type.kind === kind)
    .map(([name]) => name);
}

/**
 * Rows of `county, measure, name, amount`; the first marks the file as counted even if it has no rows.
 * @param there columns in the file: one written before a column was added to the contract lacks it
 */
function selectContent(contract: Contract, there: ReadonlySet<string>, file: string): string {
  const parts = [
    ['rows', '', 'count(*)'],
    ...columnsOf(contract, 'money')
      .filter((name) => there.has(name))
      .map((name) => ['sum', name, `coalesce(sum(${identifier(name)}), 0)`]),
  ].map(
    ([measure = '', name = '', amount = '']) =>
      `{'measure': ${literal(measure)}, 'name': ${literal(name)}, 'amount': (${amount})::DECIMAL(18,2)}`,
  );
  const selects = [
    "SELECT '' AS county, 'file' AS measure, '' AS name, 1::DECIMAL(18,2) AS amount",
    `SELECT county, part.measure, part.name, part.amount
     FROM (SELECT county, unnest(parts) AS part FROM (SELECT county, [${parts.join(', ')}] AS parts FROM ${file} GROUP BY county))`,
  ];
  if ('village' in contract.row.shape && there.has('village'))
    selects.push(
      `SELECT county, 'village', village, count(*)::DECIMAL(18,2) FROM ${file} WHERE village IS NOT NULL GROUP BY county, village`,
    );
  const one = contract.oneRow;
  if (one !== null)
    selects.push(`SELECT county, 'twice', '', count(DISTINCT person_id)::DECIMAL(18,2) FROM (
      SELECT county, ${one.key.join(', ')} FROM ${file} WHERE ${one.among ?? 'true'} GROUP BY ALL HAVING count(*) > 1) GROUP BY county`);
  return selects.join(' UNION ALL ');
}

/** Increase when the same file yields different content. */
const COUNTING = 1;

function contentFile(home: Home, { month, lake_sha256 }: Version): string {
  return workFile(home, month, `content-${COUNTING}-${lake_sha256.slice(0, 32)}`);
}

let drafts = 0;

/** @returns whether the file could be counted; a lost or damaged one is skipped here and reported by `doudi verify` */
async function count(store: Store, contract: Contract, version: Version): Promise<boolean> {
  const { home, sql } = store;
  const path = lakeFile(home, version, version.version);
  const { sha256 } = await fileDigests(path, ['sha256']).catch(() => ({ sha256: '' }));
  if (sha256 !== version.lake_sha256) return false;
  const file = parquet(path);
  const columns = await sql.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${file}`);
  const there = new Set(columns.map(({ column_name }) => column_name));
  drafts += 1;
  const draft = join(home.temporary, `content-${process.pid}-${drafts}.parquet`);
  await sql.run(
    `COPY (${selectContent(contract, there, file)}) TO ${literal(draft)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  settle(draft, contentFile(home, version));
  return true;
}

/**
 * Adds what this connection has not read yet to the temporary table `work_content` of `source, month, version,
 * county, measure, name, amount`; measure is `file` (it was counted), `rows`, `sum` (name: the column; yuan),
 * `village` (name: its code) or `twice` (persons).
 */
export async function readContent(
  store: Store,
  contracts: ReadonlyMap<string, Contract>,
  versions: readonly Version[],
): Promise<void> {
  const { home, sql } = store;
  await sql.run(`CREATE TEMP TABLE IF NOT EXISTS work_content
    (source VARCHAR, month VARCHAR, version INTEGER, county VARCHAR, measure VARCHAR, name VARCHAR, amount DECIMAL(18,2))`);
  // A version never changes: asking about several months in turn reads each file once.
  const read = await sql.rows<{ key: string }>(
    "SELECT DISTINCT source || ' ' || month || ' ' || version AS key FROM work_content",
  );
  const known = new Set(read.map(({ key }) => key));
  const parts: string[] = [];
  for (const version of versions) {
    const source = `${version.agency}/${version.dataset}`;
    const contract = contracts.get(source);
    if (contract === undefined || !('county' in contract.row.shape)) continue;
    if (known.has(`${source} ${version.month} ${version.version}`)) continue;
    if (!existsSync(contentFile(home, version)) && !(await count(store, contract, version)))
      continue;
    parts.push(
      `SELECT ${literal(source)} AS source, ${literal(version.month)} AS month, ${version.version} AS version, * FROM ${parquet(contentFile(home, version))}`,
    );
  }
  if (parts.length > 0) await sql.run(`INSERT INTO work_content ${parts.join(' UNION ALL ')}`);
}
