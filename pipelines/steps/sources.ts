/**
 * The extracts that stand at a run's month, and the views `v_<dataset>` that the steps' SQL reads. State extracts
 * speak for their own month; cumulative ones are all months that the rules can still see.
 */
import { lakeSchema } from '../../connectors/kit/compile.ts';
import { sourceName, type Contract } from '../../connectors/kit/contract.ts';
import { MonitorError } from '../../core/errors.ts';
import { fileDigests } from '../../core/hash.ts';
import { addMonths, monthIndex, type Month } from '../../core/month.ts';
import { standingVersions, type Standing } from '../../core/store/lake.ts';
import { identifier, parquet } from '../../core/store/sql.ts';
import type { RunContext } from '../context.ts';

/** 'Within 12 months' = from the first day of M−11 (contracts.md section 3). */
export const WINDOW_MONTHS = 12;

export interface Sources {
  readonly standing: readonly Standing[];
  /** The extract of a source for exactly this month. */
  at(source: string, month: Month): Standing | undefined;
  /** Files that make up a view. */
  files(contract: Contract): readonly Standing[];
  readonly previousCertificates: Standing | undefined;
  /** Every file that the month's evaluation reads. */
  readonly read: readonly Standing[];
}

const CERTIFICATES = 'disabled-federation/certificates';
const FACTS = 'cross-check/facts';

export async function findSources(
  context: Pick<RunContext, 'month' | 'store' | 'contracts'>,
): Promise<Sources> {
  const { month, store } = context;
  const standing = await standingVersions(store, month);
  const at = (source: string, m: Month): Standing | undefined =>
    standing.find((s) => s.source === source && s.month === m);
  const files = (contract: Contract): Standing[] => {
    const source = sourceName(contract);
    if (contract.nature === 'state')
      return standing.filter((s) => s.source === source && s.month === month);
    // A bill is never dated after its file's month, so older files cannot hold one of the last twelve months.
    // A fact may begin long before and still count.
    const oldest = source === FACTS ? '0000-00' : addMonths(month, 1 - WINDOW_MONTHS);
    return standing.filter((s) => s.source === source && s.month >= oldest);
  };
  const previousCertificates = at(CERTIFICATES, addMonths(month, -1));
  const read = [
    ...[...context.contracts.values()].flatMap(files),
    ...(previousCertificates === undefined ? [] : [previousCertificates]),
  ];
  return { standing, at, files, previousCertificates, read };
}

/** @throws MonitorError `lake-damaged` when a file is not the one that was registered */
export async function checkLake(files: readonly Standing[]): Promise<void> {
  for (const file of files) {
    const found = await fileDigests(file.path, ['sha256']).catch(() => ({ sha256: '' }));
    if (found.sha256 !== file.lake_sha256) {
      throw new MonitorError(
        'lake-damaged',
        `the lake's ${file.source} ${file.month} v${file.version} is not the file that was registered`,
        {
          fix: 'put the file back from a backup; `doudi verify` lists all of them',
        },
      );
    }
  }
}

/**
 * A view over the files. It begins with an empty relation of the contract's columns: a file written before a column
 * was added to the contract gives NULL there.
 */
function view(name: string, contract: Contract, files: readonly Standing[], month: Month): string {
  const cumulative = contract.nature === 'cumulative';
  const none = lakeSchema(contract, month).map(
    ({ name: column, type }) => `NULL::${type} AS ${identifier(column)}`,
  );
  const empty = `SELECT ${none.join(', ')}${cumulative ? ', NULL::INTEGER AS delivered' : ''} WHERE false`;
  // Without the option the folder name `month=…` would become a column.
  const parts = files.map(
    ({ path, month: m }) =>
      `SELECT *${cumulative ? `, ${monthIndex(m)} AS delivered` : ''} FROM ${parquet(path)}`,
  );
  return `CREATE OR REPLACE TEMP VIEW ${name} AS ${[empty, ...parts].join(' UNION ALL BY NAME ')}`;
}

export async function createViews(context: RunContext, sources: Sources): Promise<void> {
  const { month, contracts, store } = context;
  for (const contract of contracts.values()) {
    await store.sql.run(
      view(identifier(`v_${contract.dataset}`), contract, sources.files(contract), month),
    );
  }
  const certificates = contracts.get(CERTIFICATES);
  if (certificates !== undefined) {
    const files = sources.previousCertificates === undefined ? [] : [sources.previousCertificates];
    await store.sql.run(view('v_certificates_previous', certificates, files, month));
  }
}
