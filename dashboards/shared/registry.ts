/** The registry: named queries over the published figures, called with parameters, answered with typed rows. */
import { describeError, MonitorError } from '../../core/errors.ts';
import type { Audit } from '../../store/audit/audit.ts';
import { inRegion } from '../../store/in-region.ts';
import type { Published } from '../../store/published.ts';
import {
  concernsWhole,
  digestsOf,
  fenced,
  madeOf,
  secretOf,
  tablesOf,
  type Tables,
} from './fenced.ts';
import { loadQueries } from './load.ts';
import type { ColumnType, NamedQuery } from './metric.ts';
import { ALL, bind, type Bound, type QueryInput, type KnownChoices } from './parameters.ts';
import { countsOf, MASKED, type Disclosure, type Row } from './protect.ts';
import { rowsOf } from './rows-of.ts';
import type { Scope } from './scope.ts';
import { AnswerCache } from './cache.ts';
import { forEachCounty, CountiesAtOnce } from './counties-at-once.ts';

/** Values measured on request rather than published. */
export interface Moment {
  /** Of the disk that holds the home. */
  readonly disk_free: number;
  readonly disk_total: number;
  /** Whether the queue answers: 1 or 0. */
  readonly queue: number;
  /** Workers of county queues running in this program. */
  readonly workers: number;
}

/** A column of an answer; `time` and `masked` are added to those the query declares. */
export interface AnswerColumn {
  readonly name: string;
  readonly column: ColumnType;
}

export interface QueryResult {
  readonly metric: NamedQuery;
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly Row[];
  /** Counts below this are masked. */
  readonly least: number;
  /** Why rows may be missing, for the reader to see; null: the rows are the whole answer. */
  readonly notice: string | null;
}

export interface QueryRegistry {
  readonly metrics: ReadonlyMap<string, NamedQuery>;
  /** The queries available to a reader. */
  visible(scope: Scope): ReadonlyMap<string, NamedQuery>;
  /**
   * A province-wide query returns no rows to a reader of a part, and a notice saying so. A reading of leads is
   * audited before the rows are returned.
   * @throws MonitorError `unknown-metric` (also for a query not available to this reader), `unknown` (a region out
   * of sight), `usage` (a parameter), `not-published`, `audit`
   */
  ask(
    name: string,
    given: QueryInput,
    scope: Scope,
    others?: readonly string[],
  ): Promise<QueryResult>;
}

/** Columns of an answer, in order. */
export function columnsOf({ columns }: Pick<NamedQuery, 'columns'>): AnswerColumn[] {
  const declared = Object.entries(columns);
  return [
    ...(declared.some(([, { type }]) => type === 'month')
      ? [{ name: 'time', column: { type: 'instant', title: '时间' } as const }]
      : []),
    ...declared.map(([name, column]) => ({ name, column })),
    ...(countsOf(columns).length > 0
      ? [{ name: MASKED, column: { type: 'text', title: '已遮蔽的列' } as const }]
      : []),
  ];
}

type Extent = 'all' | 'one' | 'some';

function extentOf({ counties = '' }: Bound, scope: Scope): Extent {
  if (scope.whole && counties === scope.counties.join()) return 'all';
  return counties !== '' && !counties.includes(',') ? 'one' : 'some';
}

/** Whether the query is available to a reader. */
function isFor({ shows, folder }: NamedQuery, scope: Scope): boolean {
  return (shows !== 'leads' || scope.leads !== null) && (!scope.alertsOnly || folder === 'alerts');
}

export const ABOUT_PROVINCE = '本图为全省事项，只对可查看全省的读取方显示。';

export interface RegistryParts extends KnownChoices {
  /** Audits each reading of leads. */
  readonly audit: Pick<Audit, 'write'>;
  readonly published: Published;
  readonly moment: () => Promise<Moment>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly disclosure: Disclosure;
}

/** Milliseconds: how long answers that depend on the time of day may be cached. */
const MINUTE = 60_000;

const MOMENTS = ['disk_free', 'disk_total', 'queue', 'workers'] as const;

/** Names of a query's bound values. */
function valuesIn(sql: string): ReadonlySet<string> {
  return new Set([...sql.matchAll(/\$(\w+)/g)].map(([, name = '']) => name));
}

/** A query behind its fence. */
interface QueryPlan {
  readonly sql: string;
  readonly values: ReadonlySet<string>;
  /** The same for every county at once; null if it is not about one county. */
  readonly together: string | null;
}

/** A request to a file: a plan with its bound values. */
interface QueryRequest {
  readonly plan: QueryPlan;
  readonly values: Readonly<Record<string, string | number>>;
  /** Everything the answer depends on except the counties. */
  readonly key: string;
}

/** The published file currently in use. */
interface File {
  readonly version: string;
  readonly tables: Tables;
  readonly secret: string;
  /** Months that were run, ascending. */
  readonly months: readonly string[];
  /** Input digests by query name. */
  readonly made: ReadonlyMap<string, string>;
  readonly plans: Map<string, QueryPlan>;
}

async function openFile(
  published: Published,
  version: string,
  metrics: QueryRegistry['metrics'],
): Promise<File> {
  const tables = await tablesOf(published);
  const [secret, digests, months] = await Promise.all([
    secretOf(published),
    // A file published by an earlier version has no information on its tables.
    tables.has('digest') ? digestsOf(published) : null,
    published.rows<{ month: string }>('SELECT month FROM month ORDER BY month'),
  ]);
  return {
    version,
    tables,
    secret,
    months: months.map(({ month }) => month),
    made: new Map(
      [...metrics.values()].map((metric) => [
        metric.name,
        digests === null ? version : madeOf(metric, digests),
      ]),
    ),
    plans: new Map(),
  };
}

export async function openRegistry(parts: RegistryParts): Promise<QueryRegistry> {
  const metrics = await loadQueries();
  const { published } = parts;
  const cache = new AnswerCache();
  const together = new CountiesAtOnce();
  const momentary = new Set(
    [...metrics.values()]
      .filter(({ sql }) => MOMENTS.some((name) => valuesIn(sql).has(name)))
      .map(({ name }) => name),
  );

  let opened: { readonly version: string; readonly file: Promise<File> } | undefined;
  /** A replaced file may come from a newer version, with other tables. */
  const current = (): Promise<File> => {
    const version = published.version();
    if (opened?.version === version) return opened.file;
    const file = openFile(published, version, metrics);
    opened = { version, file };
    file.catch(() => (opened = undefined));
    return file;
  };

  /** A query's text is assembled once per file. */
  const planOf = ({ tables, plans }: File, metric: NamedQuery, scope: Scope, extent: Extent) => {
    const leads = metric.shows === 'leads' ? scope.leads : null;
    const key = `${metric.name} ${extent} ${String(scope.exact)} ${leads ?? ''}`;
    const known = plans.get(key);
    if (known !== undefined) return known;
    const sql = fenced(
      metric,
      tables,
      scope.exact ? null : parts.disclosure,
      extent,
      leads === null
        ? null
        : inRegion(parts.divisions, leads, { county: 'county', township: 'township' }),
    );
    const values = valuesIn(sql);
    // Leads are computed only on request.
    const isOne =
      extent === 'one' &&
      values.has('counties') &&
      !momentary.has(metric.name) &&
      metric.shows !== 'leads';
    const together = isOne ? forEachCounty(sql, metric.sql) : null;
    const plan: QueryPlan = { sql, values, together };
    plans.set(key, plan);
    return plan;
  };

  const askedOf = (file: File, metric: NamedQuery, bound: Bound, scope: Scope): QueryRequest => {
    const plan = planOf(file, metric, scope, extentOf(bound, scope));
    const { from = '', to = '' } = bound;
    const known: Record<string, string | number> = {
      ...bound,
      newest: file.months.findLast((month) => month >= from && month <= to) ?? '',
      whole: scope.whole ? 'yes' : 'no',
      secret: file.secret,
      now: parts.now() - (parts.now() % MINUTE),
    };
    const values = Object.fromEntries(
      Object.entries(known).filter(([name]) => plan.values.has(name)),
    );
    const hangsOn = Object.entries(values).filter(
      ([name]) => name !== 'counties' && name !== 'secret',
    );
    const made = file.made.get(metric.name);
    const seen = metric.shows === 'leads' ? scope.leads : null;
    return {
      plan,
      values,
      key: JSON.stringify([metric.name, hangsOn, scope.whole, scope.exact, seen, made]),
    };
  };

  const read = async (
    file: File,
    { plan, values, key }: QueryRequest,
    metric: NamedQuery,
    scope: Scope,
  ): Promise<Row[]> => {
    const disclosure = scope.exact ? null : parts.disclosure;
    const { together: sql } = plan;
    const county = values['counties'];
    if (sql !== null && typeof county === 'string') {
      const found = together.find(key, county);
      if (found !== undefined) return rowsOf(found, metric, disclosure);
      const others = Object.entries(values).filter(([name]) => name !== 'counties');
      together.note(
        key,
        county,
        () => published.parted(sql, Object.fromEntries(others)),
        () => published.version() === file.version,
      );
    }
    const known: Readonly<Record<string, string | number>> = {
      ...values,
      ...(momentary.has(metric.name) ? await parts.moment() : {}),
    };
    const taken = Object.entries(known).filter(([name]) => plan.values.has(name));
    return rowsOf(await published.columns(plan.sql, Object.fromEntries(taken)), metric, disclosure);
  };

  const answer = async (
    name: string,
    given: QueryInput,
    scope: Scope,
    others: readonly string[],
  ): Promise<QueryResult> => {
    const metric = metrics.get(name);
    if (metric === undefined || !isFor(metric, scope))
      throw new MonitorError('unknown-metric', 'there is no such query', {
        fix: `one of ${[...metrics.keys()].slice(0, 5).join(', ')}, …: POST /grafana/metrics lists all`,
      });
    const bound = bind(metric.parameters, given, scope, parts, others);
    const file = await current();
    const empty = { metric, columns: columnsOf(metric), least: parts.disclosure.minimum };
    if (!scope.whole && (metric.about === 'province' || concernsWhole(metric, file.tables)))
      return { ...empty, rows: [], notice: ABOUT_PROVINCE };
    const asked = askedOf(file, metric, bound, scope);
    const make = (): Promise<readonly Row[]> => read(file, asked, metric, scope);
    const rows = momentary.has(name)
      ? await make()
      : await cache.take(
          `${asked.key} ${bound['counties'] ?? ''}`,
          make,
          () => published.version() === file.version,
        );
    return { ...empty, rows, notice: null };
  };

  /** The place of a reading of leads, if it has one. */
  const placeOf = ({ region }: QueryInput, scope: Scope): string => {
    if (region === ALL) return scope.leads ?? scope.region;
    return typeof region === 'string' && parts.divisions.find(region) !== undefined ? region : '';
  };

  return {
    metrics,
    visible: (scope) => new Map([...metrics].filter(([, metric]) => isFor(metric, scope))),
    async ask(name, given, scope, others = []) {
      if (metrics.get(name)?.shows !== 'leads') return answer(name, given, scope, others);
      const { asker } = scope;
      const note = (outcome: string): Promise<void> =>
        parts.audit.write({
          ...asker,
          route: `${asker.route}/${name}`,
          place: placeOf(given, scope),
          subject: '',
          outcome,
        });
      let found: QueryResult;
      try {
        found = await answer(name, given, scope, others);
      } catch (error) {
        await note(describeError(error).code.startsWith('unknown') ? 'denied' : 'failed');
        throw error;
      }
      await note('allowed');
      return found;
    },
  };
}
