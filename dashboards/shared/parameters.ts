/** Query parameters from a request: checked one by one, and converted to bound values. */
import { MonitorError, usageError } from '../../core/errors.ts';
import { isMonth, type Month } from '../../core/month.ts';
import type { Divisions } from '../../core/region.ts';
import type { QueryParameter } from './metric.ts';
import { countiesIn, type Scope } from './scope.ts';

/** Stands for everything the reader may see; it must be given explicitly. */
export const ALL = 'all';

export type QueryInput = Readonly<Record<string, unknown>>;

/** The available choices. */
export interface KnownChoices {
  readonly divisions: Divisions;
  readonly rules: ReadonlySet<string>;
  /** `agency/dataset` */
  readonly sources: ReadonlySet<string>;
}

/** Names of the values a parameter stands for. */
export const NAMES: Readonly<Record<QueryParameter, readonly string[]>> = {
  months: ['from', 'to'],
  region: ['region'],
  rule: ['rule'],
  source: ['source'],
};

/** @throws MonitorError `usage` */
function text(given: QueryInput, name: string): string {
  const value = given[name];
  if (value === undefined || value === '' || value === null)
    throw usageError(
      `the parameter '${name}' is missing`,
      name === 'from' || name === 'to'
        ? 'YYYY-MM, or milliseconds since 1970'
        : `say '${ALL}' for everything`,
    );
  if (typeof value !== 'string') throw usageError(`the parameter '${name}' must be a single text`);
  return value;
}

const HOUR = 3_600_000;

/** The calendar month of an instant in Asia/Shanghai. */
function monthAt(ms: number): Month {
  return new Date(ms + 8 * HOUR).toISOString().slice(0, 7) as Month;
}

/** @throws MonitorError `usage` */
function month(given: QueryInput, name: string): Month {
  const value = text(given, name);
  if (isMonth(value)) return value;
  // Years 1973 to 5138: the ends of a dashboard's time range.
  if (/^\d{12,14}$/.test(value)) return monthAt(Number(value));
  throw usageError(`the parameter '${name}' is not a month`, 'YYYY-MM, or milliseconds since 1970');
}

/** @throws MonitorError `usage` */
function known(given: QueryInput, name: string, values: ReadonlySet<string>): string {
  const value = text(given, name);
  if (value === ALL || values.has(value)) return value;
  throw usageError(
    `the parameter '${name}' names something unknown`,
    `one of ${[...values].sort().slice(0, 5).join(', ')}, …, or '${ALL}'`,
  );
}

/**
 * County codes of the requested region.
 * @throws MonitorError `usage`, or `unknown` for one outside the scope
 */
function region(given: QueryInput, scope: Scope, { divisions }: KnownChoices): readonly string[] {
  const value = text(given, 'region');
  if (value === ALL) return scope.counties;
  if (!/^\d{6}$/.test(value))
    throw usageError(
      "the parameter 'region' must be one division code",
      `six digits, e.g. ${scope.region}, or '${ALL}'`,
    );
  const counties = countiesIn(divisions, value);
  if (counties.length === 0 || counties.some((county) => !scope.counties.includes(county)))
    throw new MonitorError('unknown', 'there is no such region for this reader', {
      fix: `a county in ${scope.region}, or '${ALL}'`,
    });
  return counties;
}

/** Values to bind, by name: `from`, `to`, `region`, `rule`, `source`, and `counties` joined by commas. */
export type Bound = Readonly<Record<string, string>>;

/**
 * @param others names the request carries for other purposes, which are accepted
 * @throws MonitorError `usage` for a missing, malformed or unexpected parameter; `unknown` for a region out of
 * sight
 */
export function bind(
  parameters: readonly QueryParameter[],
  given: QueryInput,
  scope: Scope,
  what: KnownChoices,
  others: readonly string[] = [],
): Bound {
  const names = parameters.flatMap((parameter) => NAMES[parameter]);
  const stray = Object.keys(given).find((name) => !names.includes(name) && !others.includes(name));
  if (stray !== undefined)
    throw usageError(
      'this query does not take one of the given parameters',
      names.length === 0 ? 'it takes none' : `it takes ${names.join(', ')}`,
    );
  const bound: Record<string, string> = {
    // A query without a region covers the whole scope.
    counties: (parameters.includes('region') ? region(given, scope, what) : scope.counties).join(),
  };
  if (parameters.includes('region')) bound['region'] = text(given, 'region');
  if (parameters.includes('months')) {
    bound['from'] = month(given, 'from');
    bound['to'] = month(given, 'to');
    if (bound['from'] > bound['to']) throw usageError("'from' lies after 'to'");
  }
  if (parameters.includes('rule')) bound['rule'] = known(given, 'rule', what.rules);
  if (parameters.includes('source')) bound['source'] = known(given, 'source', what.sources);
  return bound;
}
