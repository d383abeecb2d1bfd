/**
 * The fence around a query. Under the names of its declared tables the query sees only the requested counties,
 * whatever its own text says, and nothing under any other table name; a table without a county is visible to
 * readers of the whole province, except for tables that count nobody. For a protected reader every count is also
 * rounded (protect.ts says why here and not later).
 */
import { MonitorError } from '../../core/errors.ts';
import { identifier, literal } from '../../store/sql.ts';
import type { Published } from '../../store/published.ts';
import type { NamedQuery } from './metric.ts';
import type { Disclosure } from './protect.ts';

/** Tables readable by everybody: names, months, annotations. */
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

/** Columns that identify a person or a person's case. */
const NAMES_SOMEBODY = /^(lead|case|household|person)_id$/;

/** Numbers that count nobody. Any other number in a table is treated as a count. */
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

/** Texts that contain exact counts. */
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

/** The home's secret, an input of the rounding. */
export async function secretOf(published: Published): Promise<string> {
  const [row] = await published.rows<{ secret: string }>('SELECT secret FROM salt');
  return row?.secret ?? '';
}

/** What the rounding of a cell depends on: its place in its table, and a secret of the home. */
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

/**
 * Rounds a count to a multiple: up or down by the cell's own dice, with probability proportional to the distance,
 * so that sums stay right on average.
 */
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

/** Case-insensitive, as SQL treats names. */
const mentions = (sql: string, name: string): boolean => new RegExp(`\\b${name}\\b`, 'i').test(sql);

/** What the fence has to know about a query. */
export type Fenced = Pick<NamedQuery, 'sql' | 'reads' | 'shows'>;

const hasCounty = (columns: readonly TableColumn[]): boolean =>
  columns.some(({ name }) => name === 'county');

const namesSomebody = (columns: readonly TableColumn[]): boolean =>
  columns.some(({ name }) => NAMES_SOMEBODY.test(name));

/** Tables of the file that a query declares, except those open to all. */
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

/** Digests of all inputs of an answer: the query's tables, the months, and the rounding secret. */
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

/** Selects the rows of the requested counties. */
const KEPT = {
  all: 'true',
  one: 'county = $counties',
  // A row condition: IN (SELECT …) would be another join.
  some: `list_contains(string_split($counties, ','), county)`,
} as const;

/**
 * The query behind its fence. Its parameters stay parameters; `$counties` (codes joined by commas), `$whole` and
 * `$secret` belong to the fence.
 * @param disclosure rounding for each count, cell by cell; null: exact
 * @param counties all (no filter needed), one (by comparison), or some
 * @param leads condition on the rows of leads that may be read; null: none may
 * @throws MonitorError `dashboards` for a query that escapes the fence, or names leads without declaring it
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
  // A word in the query that is also the name of an undeclared table, most often a column: the table is hidden.
  const unseen = [...tables.keys()]
    .filter((table) => !OPEN.has(table) && !reads.includes(table) && mentions(sql, table))
    .map((table) => `${identifier(table)} AS (SELECT 0 AS not_declared WHERE false)`);
  const parts = [...seen, ...unseen];
  const fence = parts.length === 0 ? '' : `WITH ${parts.join(', ')} `;
  return `${fence}SELECT * FROM (${sql})`;
}
