/**
 * What stands in each extract, county by county: rows, sums of its amounts, persons who stand twice, villages. Counted
 * once for each file of the lake and kept among the work files, under the file's digest; whoever deletes them has them
 * made anew.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { factsOf, type Kind } from '../../connectors/kit/columns.ts';
import type { Contract } from '../../connectors/kit/contract.ts';
import { workFile, type Home } from '../../core/home.ts';
import type { Month } from '../../core/month.ts';
import { settle } from '../../core/store/files.ts';
import { lakeFile } from '../../core/store/lake.ts';
import { identifier, literal, parquet } from '../../core/store/sql.ts';
import type { Store } from '../../core/store/store.ts';

/** One version of an extract that is to be looked into. */
export interface Version {
  readonly agency: string;
  readonly dataset: string;
  readonly month: Month;
  readonly version: number;
  readonly lake_sha256: string;
}

/**
 * What an extract has one row of for each person of a county (contracts.md section 2), and among which rows. Extracts
 * that are not named may have many.
 */
const ONE_ROW: Readonly<Record<string, { readonly key: readonly string[]; readonly of: string }>> =
  {
    'civil-affairs/assistance': {
      key: ['person_id', 'programme'],
      of: "status IN ('active', 'grace') AND programme <> 'temporary_aid'",
    },
    'civil-affairs/members': { key: ['person_id', 'household_id'], of: 'true' },
    'rural-revitalization/monitored': { key: ['person_id'], of: 'true' },
    'education/enrolment': { key: ['person_id'], of: "status = 'enrolled'" },
    'medical-insurance/insured': { key: ['person_id'], of: 'true' },
    'disabled-federation/certificates': { key: ['person_id'], of: "status = 'valid'" },
    'human-resources/employment': { key: ['person_id'], of: 'true' },
  };

/** Columns of a kind, in the contract's order. */
export function columnsOf({ row }: Contract, kind: Kind['kind']): string[] {
  return Object.entries(row.shape)
    .filter(([, column]) => factsOf(column).type.kind === kind)
    .map(([name]) => name);
}

/** Rows of `county, measure, name, amount`. */
function selectContent(contract: Contract, there: ReadonlySet<string>, file: string): string {
  const source = `${contract.agency}/${contract.dataset}`;
  const rows = `SELECT county, 'rows' AS measure, '' AS name, count(*)::DECIMAL(18,2) AS amount FROM ${file} GROUP BY county`;
  // A file written before a column was added to the contract lacks it.
  const sums = columnsOf(contract, 'money')
    .filter((name) => there.has(name))
    .map(
      (name) =>
        `SELECT county, 'sum', ${literal(name)}, coalesce(sum(${identifier(name)}), 0)::DECIMAL(18,2) FROM ${file} GROUP BY county`,
    );
  const villages =
    'village' in contract.row.shape && there.has('village')
      ? [
          `SELECT county, 'village', village, count(*)::DECIMAL(18,2) FROM ${file} WHERE village IS NOT NULL GROUP BY county, village`,
        ]
      : [];
  const one = ONE_ROW[source];
  const twice =
    one === undefined
      ? []
      : [
          `SELECT county, 'twice', '', count(DISTINCT person_id) FILTER (n > 1)::DECIMAL(18,2) FROM (
             SELECT county, ${one.key.join(', ')}, count(*) AS n FROM ${file} WHERE ${one.of} GROUP BY ALL) GROUP BY county`,
        ];
  return [rows, ...sums, ...villages, ...twice].join(' UNION ALL ');
}

/** Raised when the same file gives other content. */
const COUNTING = 1;

function contentFile(home: Home, { month, lake_sha256 }: Version): string {
  return workFile(home, month, `content-${COUNTING}-${lake_sha256.slice(0, 32)}`);
}

async function count(store: Store, contract: Contract, version: Version): Promise<void> {
  const { home, sql } = store;
  const file = parquet(lakeFile(home, version, version.version));
  const columns = await sql.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${file}`);
  const there = new Set(columns.map(({ column_name }) => column_name));
  const draft = join(home.temporary, `content-${process.pid}-${version.lake_sha256}.parquet`);
  await sql.run(
    `COPY (${selectContent(contract, there, file)}) TO ${literal(draft)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  settle(draft, contentFile(home, version));
}

/**
 * Leaves the temporary table `work_content` of `source, month, version, county, measure, name, amount`; measure is
 * `rows`, `sum` (name: the column; yuan), `village` (name: its code) or `twice` (persons).
 */
export async function readContent(
  store: Store,
  contracts: ReadonlyMap<string, Contract>,
  versions: readonly Version[],
): Promise<void> {
  const { home, sql } = store;
  const parts: string[] = [];
  for (const version of versions) {
    const source = `${version.agency}/${version.dataset}`;
    const contract = contracts.get(source);
    if (contract === undefined || !('county' in contract.row.shape)) continue;
    if (!existsSync(contentFile(home, version))) await count(store, contract, version);
    parts.push(
      `SELECT ${literal(source)} AS source, ${literal(version.month)} AS month, ${version.version} AS version, * FROM ${parquet(contentFile(home, version))}`,
    );
  }
  await sql.run(`CREATE OR REPLACE TEMP TABLE work_content
    (source VARCHAR, month VARCHAR, version INTEGER, county VARCHAR, measure VARCHAR, name VARCHAR, amount DECIMAL(18,2))`);
  if (parts.length > 0) await sql.run(`INSERT INTO work_content ${parts.join(' UNION ALL ')}`);
}
