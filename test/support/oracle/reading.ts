import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastDay } from './calendar.ts';
import { parseCsv } from './csv.ts';
import { DATASETS, EVENT_DATE, type Column, type DatasetName } from './datasets.ts';
import { Row } from './row.ts';
import { canonical } from './values.ts';

function readRow(
  columns: readonly Column[],
  values: ReadonlyMap<string, string>,
  province: string,
): Map<string, string> | undefined {
  const cells = new Map<string, string>();
  for (const column of columns) {
    const value = canonical(values.get(column.name) ?? '', column.kind, province);
    if (value === undefined || (value === '' && column.required)) return undefined;
    cells.set(column.name, value);
  }
  return cells;
}

/** The good rows of one file in file order, or undefined when there is no such file. */
export function readFile(
  inbox: string,
  dataset: DatasetName,
  month: string,
  province: string,
): Row[] | undefined {
  const path = join(inbox, dataset, `${month}.csv`);
  if (!existsSync(path)) return undefined;
  const [header = [], ...records] = parseCsv(readFileSync(path, 'utf8'));
  const names = header.map((name) => name.trim());
  const dated = (EVENT_DATE as Partial<Record<DatasetName, string>>)[dataset];
  const rows: Row[] = [];
  records.forEach((record, index) => {
    if (record.length !== names.length) return;
    const values = new Map(names.map((name, at) => [name, record[at] ?? '']));
    const cells = readRow(DATASETS[dataset], values, province);
    if (cells === undefined) return;
    // An event cannot have become known before it happened.
    if (dated !== undefined && (cells.get(dated) ?? '') > lastDay(month)) return;
    rows.push(new Row(cells, month, index));
  });
  return rows;
}

/** A state extract: an identical row counts once. */
export function readState(
  inbox: string,
  dataset: DatasetName,
  month: string,
  province: string,
): Row[] {
  const seen = new Set<string>();
  return (readFile(inbox, dataset, month, province) ?? []).filter((row) => {
    // DECISION: identical in the values, whatever their spelling (20250101 is 2025-01-01).
    const identity = row.identity();
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

/** All rows delivered up to the month, in the order of delivery: file month, then line. */
export function readEvents(
  inbox: string,
  dataset: DatasetName,
  month: string,
  province: string,
): Row[] {
  const folder = join(inbox, dataset);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => /^(\d{4}-\d{2})\.csv$/.exec(name)?.[1] ?? [])
    .filter((of) => of <= month)
    .sort()
    .flatMap((of) => readFile(inbox, dataset, of, province) ?? []);
}

/** Does the dataset stand at the month for the county? */
export function standsAt(
  inbox: string,
  dataset: DatasetName,
  month: string,
  county: string,
): boolean {
  if (!existsSync(join(inbox, dataset, `${month}.csv`))) return false;
  const path = join(inbox, dataset, `${month}.manifest.json`);
  if (!existsSync(path)) return true;
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { counties?: readonly string[] };
  return manifest.counties === undefined || manifest.counties.includes(county);
}
