/**
 * How a panel, a variable or an annotation calls a named query, in either variant. Values travel as `"name":
 * "${name:csv}"`, in quotes: any other form loses leading zeros or silently loses the filter (docs/grafana.md).
 */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { fieldType } from '../endpoints/frame.ts';
import type { ColumnType, NamedQuery, QueryParameter } from '../shared/metric.ts';
import { columnsOf } from '../shared/registry.ts';

/** infinity: maintained, and able to raise alerts. json: the JSON data source's contract. */
export type Flavour = 'infinity' | 'json';

export const DATASOURCES = {
  infinity: { type: 'yesoreyeram-infinity-datasource', uid: 'doudi-infinity' },
  json: { type: 'simpod-json-datasource', uid: 'doudi-json' },
} as const;

/** The source of each parameter. The months come from the time range. */
const FROM: Readonly<Record<Exclude<QueryParameter, 'months'>, string>> = {
  region: '${county:csv}',
  rule: '${rule:csv}',
  source: '${source:csv}',
};

export type FixedParameters = Readonly<Partial<Record<'region' | 'rule' | 'source', string>>>;

/** Values of the parameters except the months, in declared order. */
function valuesOf({ parameters }: NamedQuery, given: FixedParameters): [string, string][] {
  return parameters.flatMap((parameter) =>
    parameter === 'months' ? [] : [[parameter, given[parameter] ?? FROM[parameter]]],
  );
}

function infinityType(column: ColumnType): string {
  const type = fieldType(column);
  // A number typed as `timestamp` is read as a year.
  return type === 'time' ? 'timestamp_epoch' : type;
}

function infinity(metric: NamedQuery, format: string, given: FixedParameters): object {
  // `__timeFrom` is filled in by the data source's backend, also in alerts; `__from` only by a browser.
  const months = metric.parameters.includes('months')
    ? ['from=${__timeFrom}', 'to=${__timeTo}']
    : [];
  const others = valuesOf(metric, given).map(([name, value]) => `${name}=${value}`);
  const query = [...months, ...others].join('&');
  return {
    type: 'json',
    source: 'url',
    // If omitted, the browser parses and alerts do not work.
    parser: 'backend',
    format,
    url: `/rows/${metric.name}${query === '' ? '' : `?${query}`}`,
    url_options: { method: 'GET', params: [], headers: [], data: '' },
    root_selector: 'data',
    columns: columnsOf(metric).map(({ name, column }) => ({
      selector: name,
      text: name,
      type: infinityType(column),
    })),
    filters: [],
  };
}

function json(metric: NamedQuery, given: FixedParameters): object {
  return {
    editorMode: 'code',
    target: metric.name,
    payload: JSON.stringify(Object.fromEntries(valuesOf(metric, given))),
  };
}

/** The query model of a panel (`table`) or an annotation (`dataframe`). */
export function queryOf(
  flavour: Flavour,
  metric: NamedQuery,
  {
    refId = 'A',
    format = 'table',
    given = {},
  }: { refId?: string; format?: string; given?: FixedParameters },
): object {
  const model = flavour === 'json' ? json(metric, given) : infinity(metric, format, given);
  return { refId, datasource: DATASOURCES[flavour], ...model };
}

/** Wraps such a query for the SDK's builders, which do not know these data sources. */
export class Target implements Builder<Dataquery> {
  private readonly query: object;

  constructor(query: object) {
    this.query = query;
  }

  build(): Dataquery {
    return this.query as Dataquery;
  }
}

/** The query for a variable's choices. */
export function choicesOf(flavour: Flavour, metric: NamedQuery, given: FixedParameters): object {
  if (flavour === 'infinity')
    return {
      queryType: 'infinity',
      refId: 'variable',
      infinityQuery: { refId: 'variable', ...infinity(metric, 'table', given) },
    };
  const body = { target: metric.name, ...Object.fromEntries(valuesOf(metric, given)) };
  return { refId: 'variable', format: 'json', query: JSON.stringify(body) };
}
