/** rules.sql against the engine: same profile, same figures, results compared row by row. */
import { readFileSync } from 'node:fs';
import { MonitorError } from '../../core/errors.ts';
import { type Sql } from '../../store/sql.ts';
import type { Profile } from './profile.ts';

/** `keys`: who is warned, by which rule; `warnings`: everything in a warning, evidence included. */
export type Part = 'keys' | 'warnings';

const COLUMNS: Readonly<Record<Part, string>> = {
  keys: 'person_id, household_id, county',
  warnings:
    'person_id, household_id, county, subject, direction, priority, township, measure, evidence',
};

function partsOf(text: string): ReadonlyMap<string, string> {
  const [, ...parts] = text.split(/^-- part: /m);
  return new Map(
    parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n'))]),
  );
}

const parts = partsOf(readFileSync(new URL('../rules.sql', import.meta.url), 'utf8'));

/** Rules implemented in rules.sql. */
export const BY_HAND: readonly string[] = [
  ...new Set(
    [...(parts.get('hits') ?? '').matchAll(/THEN '([A-Z]+-[A-Z0-9]+)' END/g)].map(
      ([, id]) => id ?? '',
    ),
  ),
].sort();

/** Creates the views that rules.sql reads. */
export async function openByHand(sql: Sql, { persons, homes, roster }: Profile): Promise<void> {
  await sql.run(`CREATE OR REPLACE TEMP VIEW person AS FROM ${persons};
    CREATE OR REPLACE TEMP VIEW home AS FROM ${homes};
    CREATE OR REPLACE TEMP VIEW roster AS FROM ${roster}`);
}

/** Leaves the answer in the temporary table `by_hand`. */
export function runByHand(sql: Sql, part: Part): Promise<void> {
  return sql.run(`${parts.get('hits') ?? ''} ${parts.get(part) ?? ''}`);
}

interface Digest {
  readonly rule: string;
  readonly n: number;
  readonly digest: string;
}

async function digests(sql: Sql, table: string, part: Part): Promise<Map<string, string>> {
  const rows =
    await sql.rows<Digest>(`SELECT rule, count(*)::INTEGER AS n, md5(string_agg(row, '' ORDER BY row)) AS digest
    FROM (SELECT rule, CAST({${COLUMNS[part]
      .split(', ')
      .map((name) => `'${name}': ${name}`)
      .join(', ')}} AS VARCHAR) AS row FROM ${table})
    GROUP BY rule`);
  return new Map(rows.map(({ rule, n, digest }) => [rule, `${n} rows, digest ${digest}`]));
}

/**
 * Compares `found` with `by_hand`, rule by rule: number of rows and digest of the ordered rows.
 * @throws MonitorError `bench` naming every rule where the two differ
 */
export async function compareByHand(sql: Sql, part: Part): Promise<void> {
  const [ours, theirs] = [await digests(sql, 'found', part), await digests(sql, 'by_hand', part)];
  const wrong = [...new Set([...ours.keys(), ...theirs.keys()])]
    .sort()
    .filter((rule) => ours.get(rule) !== theirs.get(rule))
    .map(
      (rule) => `${rule}: doudi ${ours.get(rule) ?? 'none'}, by hand ${theirs.get(rule) ?? 'none'}`,
    );
  if (wrong.length > 0)
    throw new MonitorError('bench', `the ${part} differ:\n  ${wrong.join('\n  ')}`);
}
