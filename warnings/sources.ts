/**
 * The extracts in force for a run's month, and the views `v_<dataset>` that the steps' SQL reads. State extracts
 * describe their own month; cumulative ones cover all months that the rules still look at.
 */
import { lakeSchema } from '../files/extract/compile.ts';
import { sourceName, viewName, type Contract } from '../files/extract/contract.ts';
import { MonitorError } from '../core/errors.ts';
import { readOf, suffixOfView } from '../core/field.ts';
import { fileDigests } from '../core/hash.ts';
import { addMonths, monthIndex, type Month } from '../core/month.ts';
import { standingVersions, type Standing } from '../store/lake.ts';
import { identifier, parquet } from '../store/sql.ts';
import { isDerived } from './derived.ts';
import type { Covers } from './missing.ts';
import type { Store } from '../store/store.ts';
import type { RuleBook } from './rule-book.ts';

/** A month to evaluate, and its inputs. */
export interface EvaluatedMonth {
  readonly month: Month;
  readonly store: Store;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly rules: RuleBook;
}

export interface Sources {
  readonly standing: readonly Standing[];
  /** The extract of a source for exactly this month. */
  at(source: string, month: Month): Standing | undefined;
  /** Files that make up a view. */
  files(contract: Contract): readonly Standing[];
  /** Extracts of earlier months that fields read. */
  readonly earlier: readonly (Earlier & { readonly file: Standing | undefined })[];
  /** Every file that the month's evaluation reads. */
  readonly read: readonly Standing[];
}

interface Earlier {
  readonly source: string;
  /** Months before the run's month. */
  readonly before: number;
}

/** Extracts of earlier months that the profile's own SQL reads. */
function readEarlier({ rules }: Pick<EvaluatedMonth, 'rules'>): Earlier[] {
  const reads = [...rules.vocabulary.fields.values()]
    .filter(({ name }) => !isDerived(name))
    .flatMap((field) => field.reads);
  return [...new Set(reads)]
    .sort()
    .map(readOf)
    .filter(({ before }) => before > 0);
}

/** The inputs of earlier months' profiles, as far as a rule looks back. */
function readLookedBack({ rules }: Pick<EvaluatedMonth, 'rules'>): Earlier[] {
  const reads = [...rules.vocabulary.fields.values()]
    .filter(({ name }) => isDerived(name))
    .flatMap((field) => [...field.reads, ...field.narrows]);
  return [...new Set(reads)]
    .sort()
    .map(readOf)
    .filter(({ before }) => before > 0);
}

export async function findSources(context: EvaluatedMonth): Promise<Sources> {
  const { month, store, contracts } = context;
  const standing = await standingVersions(store, month);
  const at = (source: string, m: Month): Standing | undefined =>
    standing.find((s) => s.source === source && s.month === m);
  const filesAt = (contract: Contract, m: Month): Standing[] => {
    const source = sourceName(contract);
    if (contract.nature === 'state')
      return standing.filter((s) => s.source === source && s.month === m);
    const { window } = contract;
    const oldest = window === 'ever' ? '0000-00' : addMonths(m, 1 - window);
    return standing.filter((s) => s.source === source && s.month >= oldest && s.month <= m);
  };
  const files = (contract: Contract): Standing[] => filesAt(contract, month);
  const earlier = readEarlier(context).map((one) => ({
    ...one,
    file: at(one.source, addMonths(month, -one.before)),
  }));
  const lookedBack = readLookedBack(context).flatMap(({ source, before }) => {
    const contract = contracts.get(source);
    return contract === undefined ? [] : filesAt(contract, addMonths(month, -before));
  });
  const read = [
    ...[...contracts.values()].flatMap(files),
    ...earlier.map(({ file }) => file).filter((file) => file !== undefined),
    ...lookedBack,
  ];
  return { standing, at, files, earlier, read: [...new Set(read)] };
}

/** Whether an accepted extract speaks for a county in a month. */
export function coverage({ at }: Pick<Sources, 'at'>): Covers {
  return (source, month, county) => {
    const standing = at(source, month);
    return (
      standing !== undefined && (standing.counties === null || standing.counties.includes(county))
    );
  };
}

/** @throws MonitorError `lake-damaged` when a file differs from the registered one */
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
 * A view over the files. It starts with an empty relation of the contract's columns, so that a file written before a
 * column was added to the contract gives NULL there.
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

export async function createViews(
  context: Omit<EvaluatedMonth, 'rules'>,
  sources: Sources,
): Promise<void> {
  const { month, contracts, store } = context;
  for (const contract of contracts.values()) {
    await store.sql.run(view(viewName(contract), contract, sources.files(contract), month));
  }
  for (const { source, before, file } of sources.earlier) {
    const contract = contracts.get(source);
    if (contract === undefined) continue;
    const name = `${viewName(contract)}${suffixOfView(before)}`;
    await store.sql.run(view(name, contract, file === undefined ? [] : [file], month));
  }
}
