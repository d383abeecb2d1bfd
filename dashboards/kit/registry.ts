/** The registry: named queries over the published figures, asked with parameters, answered with typed rows. */
import { MonitorError } from '../../core/errors.ts';
import { isMonth, monthStart } from '../../core/month.ts';
import type { Published } from '../../core/store/published.ts';
import { concernsWhole, fenced, secretOf, tablesOf, type Tables } from './fenced.ts';
import { loadMetrics } from './load.ts';
import type { Column, NamedMetric } from './metric.ts';
import { bind, type Bound, type Given, type Known } from './parameters.ts';
import {
  holdsCounts,
  MASKED,
  protectRow,
  showsCount,
  withRatios,
  type Cell,
  type Disclosure,
  type Row,
} from './protect.ts';
import type { Scope } from './scope.ts';

/** What is measured when it is asked for, not published. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Of the disk that holds the home. */
  readonly disk_free: number;
  readonly disk_total: number;
  /** Whether the queue answers: 1 or 0. */
  readonly queue: number;
}

/** A column of an answer; `time` and `masked` are added to those that the query declares. */
export interface AnswerColumn {
  readonly name: string;
  readonly column: Column;
}

export interface Answer {
  readonly metric: NamedMetric;
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly Row[];
  /** What a masked count is below. */
  readonly least: number;
}

export interface Registry {
  readonly metrics: ReadonlyMap<string, NamedMetric>;
  /**
   * @throws MonitorError `unknown-metric`, `unknown` (a region out of sight), `usage` (a parameter), `not-published`
   */
  ask(name: string, given: Given, scope: Scope, others?: readonly string[]): Promise<Answer>;
}

/** Columns of an answer in their order. */
export function columnsOf({ columns }: Pick<NamedMetric, 'columns'>): AnswerColumn[] {
  const declared = Object.entries(columns);
  return [
    ...(declared.some(([, { type }]) => type === 'month')
      ? [{ name: 'time', column: { type: 'instant', title: '时间' } as const }]
      : []),
    ...declared.map(([name, column]) => ({ name, column })),
    ...(holdsCounts(columns)
      ? [{ name: MASKED, column: { type: 'text', title: '已遮蔽的列' } as const }]
      : []),
  ];
}

const TEXTS: ReadonlySet<string> = new Set(['month', 'text']);

/** A row with its declared columns only, 64-bit integers as numbers. */
function typed(raw: Row, columns: NamedMetric['columns']): Row {
  const row: Row = {};
  for (const [name, { type }] of Object.entries(columns)) {
    if (type === 'ratio') continue;
    const value: Cell = raw[name] ?? null;
    row[name] = value === null || TEXTS.has(type) ? value : Number(value);
    if (type === 'month' && typeof value === 'string' && isMonth(value))
      row['time'] = monthStart(value);
  }
  return row;
}

function extentOf({ counties = '' }: Bound, scope: Scope): 'all' | 'one' | 'some' {
  if (scope.whole && counties === scope.counties.join()) return 'all';
  return counties !== '' && !counties.includes(',') ? 'one' : 'some';
}

function exactRow(row: Row, columns: NamedMetric['columns']): Row {
  const whole = withRatios(row, columns);
  return holdsCounts(columns) ? { ...whole, [MASKED]: '' } : whole;
}

function protectedRows(
  rows: readonly Row[],
  { columns, sparse = false }: NamedMetric,
  disclosure: Disclosure,
): Row[] {
  return rows
    .map((row) => withRatios(protectRow(row, columns, disclosure), columns))
    .filter((row) => !sparse || showsCount(row, columns));
}

/** Answers kept: a dashboard's panels for its usual readers. */
const KEPT = 500;

/** Keeps answers while the published file stays the same; askers of the same at once share one query. */
class Shelf {
  private version = '';
  private answers = new Map<string, Promise<readonly Row[]>>();

  take(version: string, key: string, make: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
    if (version !== this.version) {
      this.answers = new Map();
      this.version = version;
    }
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.answers.set(key, made);
    const oldest = this.answers.keys().next().value;
    if (this.answers.size > KEPT && oldest !== undefined) this.answers.delete(oldest);
    made.catch(() => this.answers.delete(key));
    return made;
  }
}

export interface RegistryParts extends Known {
  readonly published: Published;
  readonly moment: () => Promise<Moment>;
  readonly disclosure: Disclosure;
}

const MOMENTS = ['now', 'disk_free', 'disk_total', 'queue'] as const;

const mentioned = (sql: string, name: string): boolean => new RegExp(`\\$${name}\\b`).test(sql);

export async function openRegistry(parts: RegistryParts): Promise<Registry> {
  const metrics = await loadMetrics();
  const { published } = parts;
  const shelf = new Shelf();

  interface Read {
    readonly version: string;
    readonly tables: Promise<Tables>;
    readonly secret: Promise<string>;
  }
  let read: Read | undefined;
  /** A file that was replaced may be one of a newer program, with other tables. */
  const file = (): Read => {
    const version = published.version();
    if (read?.version !== version || version === '')
      read = { version, tables: tablesOf(published), secret: secretOf(published) };
    return read;
  };

  const run = async (metric: NamedMetric, bound: Bound, scope: Scope): Promise<Row[]> => {
    const { tables, secret } = file();
    const sql = fenced(
      metric.sql,
      await tables,
      scope.exact ? null : parts.disclosure,
      extentOf(bound, scope),
    );
    const values: Record<string, string | number> = {};
    const own = { whole: scope.whole ? 'yes' : 'no', secret: await secret };
    for (const [name, value] of Object.entries({ ...bound, ...own }))
      if (mentioned(sql, name)) values[name] = value;
    if (MOMENTS.some((name) => mentioned(sql, name))) {
      const moment = await parts.moment();
      for (const name of MOMENTS) if (mentioned(sql, name)) values[name] = moment[name];
    }
    const { columns } = metric;
    const rows = (await published.rows<Row>(sql, values)).map((raw) => typed(raw, columns));
    return scope.exact
      ? rows.map((row) => exactRow(row, columns))
      : protectedRows(rows, metric, parts.disclosure);
  };

  return {
    metrics,
    async ask(name, given, scope, others = []) {
      const metric = metrics.get(name);
      if (metric === undefined)
        throw new MonitorError('unknown-metric', 'there is no such query', {
          fix: `one of ${[...metrics.keys()].slice(0, 5).join(', ')}, …: POST /grafana/metrics lists all`,
        });
      const bound = bind(metric.parameters, given, scope, parts, others);
      if (!scope.whole && concernsWhole(metric.sql, await file().tables))
        throw new MonitorError('unknown', 'this query is about the whole province', {
          fix: `the reader may see ${scope.region} only`,
        });
      const make = (): Promise<readonly Row[]> => run(metric, bound, scope);
      const rows = MOMENTS.some((moment) => mentioned(metric.sql, moment))
        ? await make()
        : await shelf.take(
            published.version(),
            JSON.stringify([name, bound, scope.whole, scope.exact]),
            make,
          );
      return { metric, columns: columnsOf(metric), rows, least: parts.disclosure.minimum };
    },
  };
}
