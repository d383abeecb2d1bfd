/** Townships and villages as small tables, and as constant lists looked up by index. */
import { literal, textList, type Sql } from '../store/sql.ts';
import type { CountyPlaces } from './options.ts';

/** Persons per village, which determines the number of villages; a real administrative village has about 1,500. */
const VILLAGE_PERSONS = 1_500;

/** Number of the village where a township's planted cases live; it reports like the others. */
export const PLANTED_VILLAGE = '299';

export interface Places {
  readonly townships: number;
  readonly villagesPerTownship: number;
}

/**
 * Creates the tables `place(place, county, township)` and `village(village, county)` and the macros
 * `county_of(place)`, `township_of(place)` and `village_of(place, n)` (12 digits, township + 3). A list lookup
 * preserves row order and needs no join.
 */
export async function createPlaces(
  sql: Sql,
  counties: readonly CountyPlaces[],
  persons: number,
): Promise<Places> {
  const all = counties.flatMap(({ code, townships }) =>
    townships.map((township) => ({ code, township })),
  );
  if (all.length === 0) throw new Error('generate needs at least one county with a township');
  const villagesPerTownship = Math.min(
    30,
    Math.max(1, Math.ceil(persons / all.length / VILLAGE_PERSONS)),
  );
  const rows = all.map(
    ({ code, township }, place) => `(${place}, ${literal(code)}, ${literal(township)})`,
  );
  await sql.run(`
CREATE OR REPLACE TABLE place AS
  SELECT * FROM (VALUES ${rows.join(', ')}) AS v(place, county, township);
CREATE OR REPLACE MACRO county_of(place) AS
  (${textList(all.map(({ code }) => code))})[place + 1];
CREATE OR REPLACE MACRO township_of(place) AS
  (${textList(all.map(({ township }) => township))})[place + 1];
CREATE OR REPLACE MACRO village_of(place, n) AS
  township_of(place) || (201 + n % ${villagesPerTownship})::VARCHAR;
CREATE OR REPLACE TABLE village AS
  SELECT village_of(place, n) AS village, county FROM place, range(${villagesPerTownship}) AS r(n)
  UNION ALL SELECT township || ${literal(PLANTED_VILLAGE)}, county FROM place
  ORDER BY village;
`);
  return { townships: all.length, villagesPerTownship };
}
