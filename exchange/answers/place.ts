/**
 * Location of reports in the home: `reports/<agency>/<dataset>/<name>.{txt,json,xlsx}`. The workbook is put there
 * before the record of its file is written, because nothing else has the rows; the text and the JSON are derived
 * from the record, so if the process dies in between, the next run writes them.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceName, type Contract } from '../../files/extract/contract.ts';
import type { Home } from '../../core/home.ts';
import { settle } from '../../store/files.ts';
import type { Store } from '../../store/store.ts';
import { isExtract, nameOf, reportOf, type ExtractRecord } from './report.ts';
import { textOf } from './text.ts';

export const KINDS = ['txt', 'json', 'xlsx'] as const;
export type ReportKind = (typeof KINDS)[number];

export function reportFile(
  home: Home,
  { agency, dataset }: { readonly agency: string; readonly dataset: string },
  name: string,
  kind: ReportKind,
): string {
  return join(home.root, 'reports', agency, dataset, `${name}.${kind}`);
}

/** Puts a workbook in place, or removes one a killed run left under the same name. */
export function settleCopy(home: Home, source: Contract, name: string, draft: string | null): void {
  const to = reportFile(home, source, name, 'xlsx');
  if (draft === null) rmSync(to, { force: true });
  else settle(draft, to);
}

function write(home: Home, to: string, text: string): void {
  const draft = join(home.temporary, 'report');
  writeFileSync(draft, text, { mode: 0o600 });
  settle(draft, to);
}

/** Writes the text and the JSON of every extract that lacks them. */
export function settleReports(store: Store, contracts: ReadonlyMap<string, Contract>): void {
  const { home } = store;
  for (const record of store.records.filter(isExtract)) {
    const name = nameOf(record);
    const at = (kind: ReportKind): string => reportFile(home, record.data, name, kind);
    // The JSON is written last: if it exists, so does the text.
    if (existsSync(at('json'))) continue;
    const report = reportOf(record, contracts.get(sourceName(record.data)));
    write(home, at('txt'), textOf(report));
    write(home, at('json'), `${JSON.stringify(report, null, 2)}\n`);
  }
}

/** The bytes of a report; null if it does not exist, e.g. the workbook of a file without bad rows. */
export function readReport(home: Home, record: ExtractRecord, kind: ReportKind): Buffer | null {
  const path = reportFile(home, record.data, nameOf(record), kind);
  return existsSync(path) ? readFileSync(path) : null;
}
