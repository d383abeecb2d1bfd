/**
 * The fence around a query. Under the names of the tables that it declares it sees only the counties that were asked for,
 * whatever its own text says, and nothing under the name of any other; a table without a county is seen by whoever may
 * see the whole province, except those that count nobody. For a protected reader it also sees every count rounded
 * (protect.ts says why there and not later).
 */
import { MonitorError } from '../../core/errors.ts';
import { identifier, literal } from '../../store/sql.ts';
import type { Published } from '../../store/published.ts';
import type { NamedQuery } from './metric.ts';
import type { Disclosure } from './protect.ts';

/** Tables that everybody may read: names, months, annotations. */
const OPEN: ReadonlySet<string> = new Set([
  'month',
  'rule',
  'work_rule',
  'programme',
  'source_name',
  'list_name',
  'agency_name',
  'case_name',
  'event',
]);

/** Tables that no query reads. */
const CLOSED: ReadonlySet<string> = new Set(['salt', 'digest']);

/** Columns by which a table names somebody, or somebody's case. */
const NAMES_SOMEBODY = /^(lead|case|household|person)_id$/;

/** Numbers that count nobody. Whatever else is a number in a table is taken for a count. */
const HARMLESS: ReadonlySet<string> = new Set([
  'seq',
  'version',
  'versions',
  'counties',
  'refused',
  'records',
  'priority',
  'months_open',
  'days',
  'place',
  'capacity',
  'least_coverage',
  'least_checked',
  'days_after_month',
  'late_days',
  'median_hours',
  'longest_hours',
  'happened_at',
  'due_at',
  'turn',
  'waiting_since',
  'prefecture_size',
  'seconds',
]);

/** Texts with exact counts inside. */
const TELLING: ReadonlySet<string> = new Set(['counts', 'reason_counts']);

export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

export type Tables = ReadonlyMap<string, readonly TableColumn[]>;

/** Tables of the published file with their columns. */
export async function tablesOf(published: Published): Promise<Tables> {
  const rows = await published.rows<TableColumn & { table: string }>(
    `SELECT table_name AS "table", column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'main' ORDER BY table_name, ordinal_position`,
  );
  const tables = new Map<string, TableColumn[]>();
  for (const { table, name, type } of rows)
    tables.set(table, [...(tables.get(table) ?? []), { name, type }]);
  return tables;
}

const WHOLE = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;
const BROKEN = /^(DOUBLE|FLOAT|REAL|DECIMAL)/;

/** The home's secret that the rounding hangs on. */
export async function secretOf(published: Published): Promise<string> {
  const [row] = await published.rows<{ secret: string }>('SELECT secret FROM salt');
  return row?.secret ?? '';
}

/** What the rounding of a cell hangs on: its place in its table, and a secret of the home. */
function dice(table: string, column: string, columns: readonly TableColumn[]): string {
  const place = columns.filter(({ type }) => !WHOLE.test(type) && !BROKEN.test(type));
  const parts = [
    '$secret',
    literal(`${table}.${column}`),
    ...[...place, ...columns.filter(({ name }) => HARMLESS.has(name))].map(({ name }) =>
      identifier(name),
    ),
  ];
  return `(hash(${parts.join(', ')}) % 1000000) / 1000000.0`;
}

/** A count as a multiple of the rounding: up or down by the dice of its cell, as often up as it is far up, so that sums stay right. */
function rounded(
  table: string,
  column: string,
  columns: readonly TableColumn[],
  { rounding }: Disclosure,
): string {
  const name = identifier(column);
  const rest = `(${name} % ${rounding})`;
  return `${name} - ${rest} + CASE WHEN ${dice(table, column, columns)} < ${rest} / ${rounding}.0 THEN ${rounding} ELSE 0 END`;
}

function shown(table: string, columns: readonly TableColumn[], disclosure: Disclosure): string {
  return columns
    .map(({ name, type }) => {
      const as = identifier(name);
      if (HARMLESS.has(name)) return as;
      if (TELLING.has(name) || BROKEN.test(type)) return `NULL::${type} AS ${as}`;
      return WHOLE.test(type) ? `${rounded(table, name, columns, disclosure)} AS ${as}` : as;
    })
    .join(', ');
}

/** In any case, as SQL takes a name. */
const mentions = (sql: string, name: string): boolean => new RegExp(`\\b${name}\\b`, 'i').test(sql);

/** What the fence has to know of a query. */
export type Fenced = Pick<NamedQuery, 'sql' | 'reads' | 'shows'>;

const hasCounty = (columns: readonly TableColumn[]): boolean =>
  columns.some(({ name }) => name === 'county');

const namesSomebody = (columns: readonly TableColumn[]): boolean =>
  columns.some(({ name }) => NAMES_SOMEBODY.test(name));

/** Tables of the file that a query declares, but for those that are open to all. */
function fencedTables({ reads }: Fenced, tables: Tables): [string, readonly TableColumn[]][] {
  return [...tables].filter(([table]) => !OPEN.has(table) && reads.includes(table));
}

/** Digest of each table of the published file. */
export async function digestsOf(published: Published): Promise<ReadonlyMap<string, string>> {
  const rows = await published.rows<{ table: string; digest: string }>(
    'SELECT "table", digest FROM digest',
  );
  return new Map(rows.map(({ table, digest }) => [table, digest]));
}

/** Digests of all that an answer is made of: the tables of its query, the months, and the secret of the rounding. */
export function madeOf({ reads }: Fenced, digests: ReadonlyMap<string, string>): string {
  return [...digests]
    .filter(([table]) => table === 'month' || table === 'salt' || reads.includes(table))
    .map(([table, digest]) => `${table} ${digest}`)
    .join();
}

/** Whether a query reads figures that belong to no county. */
export function concernsWhole(query: Fenced, tables: Tables): boolean {
  return fencedTables(query, tables).some(([, columns]) => !hasCounty(columns));
}

/** How rows of the counties asked for are told from the others. */
const KEPT = {
  all: 'true',
  one: 'county = $counties',
  // A condition on each row: with IN (SELECT …) it would be another join.
  some: `list_contains(string_split($counties, ','), county)`,
} as const;

/**
 * The query behind its fence. Its parameters stay parameters; `$counties` (codes joined by commas), `$whole` and `$secret`
 * are the fence's own.
 * @param disclosure counts are rounded cell by cell by it; null: they are exact
 * @param counties all that there are (none has to be looked for), one (found by comparing), or some
 * @param leads condition on the rows of leads that may be read; null: none may
 * @throws MonitorError `dashboards` for a query that climbs over it, or names leads without declaring it
 */
export function fenced(
  query: Fenced,
  tables: Tables,
  disclosure: Disclosure | null,
  counties: keyof typeof KEPT,
  leads: string | null = null,
): string {
  const { sql, reads, shows } = query;
  if ([...CLOSED, 'main', 'information_schema'].some((name) => mentions(sql, name)))
    throw new MonitorError('dashboards', 'a query reads what it may not');
  const seen = fencedTables(query, tables).map(([table, columns]) => {
    const named = namesSomebody(columns);
    if (named && shows !== 'leads')
      throw new MonitorError(
        'dashboards',
        `a query reads ${table} and does not say that it shows leads`,
      );
    const kept = hasCounty(columns) ? KEPT[counties] : `$whole = 'yes'`;
    const own = named ? ` AND (${leads ?? 'false'})` : '';
    const list = disclosure === null ? '*' : shown(table, columns, disclosure);
    return `${identifier(table)} AS (SELECT ${list} FROM main.${identifier(table)} WHERE ${kept}${own})`;
  });
  // A word of the query that is also the name of a table it does not declare, most often a column: the table is not there.
  const unseen = [...tables.keys()]
    .filter((table) => !OPEN.has(table) && !reads.includes(table) && mentions(sql, table))
    .map((table) => `${identifier(table)} AS (SELECT 0 AS not_declared WHERE false)`);
  const parts = [...seen, ...unseen];
  const fence = parts.length === 0 ? '' : `WITH ${parts.join(', ')} `;
  return `${fence}SELECT * FROM (${sql})`;
}
