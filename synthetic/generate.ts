/** `doudi generate`: a synthetic province in the layout of contracts.md section 1, with known answers. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { literal, type Sql } from '../store/sql.ts';
import { DATASETS, DATASET_NAMES, type DatasetName } from './datasets/all.ts';
import { monthFrame, type MonthFrame } from './month-frame.ts';
import type { GeneratedFile, GenerateOptions, GenerateSummary } from './options.ts';
import { createPlaces } from './places.ts';
import { allScenarios } from './plants/all.ts';
import { createPlants, plantedPersons, plantTable } from './plants/tables.ts';
import { createPopulation } from './population.ts';
import { randomMacros } from './random.ts';
import { stateMacros } from './state.ts';
import { truthFiles } from './truth.ts';

export type { GenerateOptions, GenerateSummary } from './options.ts';

/** One dataset of one month: first the background, then the planted cases. */
function monthQuery(name: DatasetName, month: MonthFrame): string {
  const columns = DATASETS[name].columns.join(', ');
  return `
SELECT * FROM (${DATASETS[name].background(month)}) AS background(${columns})
UNION ALL
SELECT ${columns} FROM ${plantTable(name)} WHERE file_month = ${literal(month.text)}`;
}

/** Streams a SELECT into a file and returns the number of rows. */
async function copy(sql: Sql, out: string, file: string, query: string): Promise<GeneratedFile> {
  const path = join(out, file);
  await mkdir(dirname(path), { recursive: true });
  const [written] = await sql.rows<{ Count: string }>(
    `COPY (${query}) TO ${literal(path)} (FORMAT csv, HEADER, DELIMITER ',')`,
  );
  return { file, rows: Number(written?.Count ?? 0) };
}

/**
 * Writes a province: `<out>/<agency>/<dataset>/<YYYY-MM>.csv` for all eleven datasets (contracts.md section 2),
 * `truth.csv` with every planted case and `near-misses.csv` with those one fen, one day or one month short.
 *
 * The same options give the same bytes, whatever the number of threads, and adding months at the end leaves the
 * earlier files unchanged. Memory is bounded: about 45 bytes per person, the rest streams.
 */
export async function generateProvince(options: GenerateOptions): Promise<GenerateSummary> {
  const { sql, out, persons, counties, figures } = options;
  const months = options.months.map(monthFrame);
  const scenarios = allScenarios(options);
  const background =
    Math.floor(Math.max(0, persons - plantedPersons(scenarios, persons)) / 10) * 10;

  await sql.run('SET preserve_insertion_order = true');
  await sql.run(randomMacros(options.seed));
  const { townships } = await createPlaces(sql, counties, persons);
  await sql.run(stateMacros());
  await createPopulation(sql, background, townships, options);
  await createPlants(sql, scenarios, { months, persons, counties: counties.length, figures });

  const wanted = [
    ...months.flatMap((month) =>
      DATASET_NAMES.map((name) => ({
        file: `${DATASETS[name].path}/${month.text}.csv`,
        query: monthQuery(name, month),
      })),
    ),
    ...truthFiles(months),
  ];
  const files: GeneratedFile[] = [];
  for (const { file, query } of wanted) {
    files.push(await copy(sql, out, file, query));
    options.onProgress?.({ done: files.length, total: wanted.length, file });
  }
  const rowsOf = (name: string): number => files.find(({ file }) => file === name)?.rows ?? 0;
  return {
    files,
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    background,
    planted: rowsOf('truth.csv'),
    nearMisses: rowsOf('near-misses.csv'),
  };
}
