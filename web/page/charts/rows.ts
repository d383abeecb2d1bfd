/** Rows of the named queries behind the charts (docs/add-a-dashboard.md), requested the same way as by Grafana. */
import { useAnswer, type LoadedAnswer } from '../data/use-answer.ts';

interface Rows<T> {
  readonly data: readonly T[];
}

export interface RowsQuery {
  /** Name of the query, e.g. `province_counties`. */
  readonly metric: string;
  readonly from: string;
  readonly to: string;
  /** Division code; null: the whole province. */
  readonly region: string | null;
}

/** @param format also as a file for spreadsheets */
export function rowsPath({ metric, from, to, region }: RowsQuery, format?: 'csv'): string {
  const query = new URLSearchParams({ from, to, region: region ?? 'all' });
  if (format !== undefined) query.set('format', format);
  return `/rows/${metric}?${query.toString()}`;
}

export const useRows = <T>(asked: RowsQuery): LoadedAnswer<Rows<T>> =>
  useAnswer<Rows<T>>(rowsPath(asked));

/** Measures available for a county. */
export const MEASURES = ['open', 'opened', 'warnings', 'closed', 'urgent', 'persons'] as const;
export type Measure = (typeof MEASURES)[number];

/** province_counties */
export type CountyRow = Readonly<Record<Measure, number>> & {
  readonly county: string;
  readonly county_name: string;
  readonly prefecture_name: string;
};

/** province_months */
export type MonthRow = Readonly<Record<Exclude<Measure, 'urgent'> | 'struck', number>> & {
  readonly month: string;
};

/** province_stages */
export interface StageRow {
  readonly stage: string;
  readonly n: number;
}

/** province_people */
export interface PeopleRow {
  readonly month: string;
  readonly title: string;
  readonly persons: number;
}

/** province_rule_counties */
export interface CellRow {
  readonly rule: string;
  readonly rule_title: string;
  readonly county: string;
  readonly county_name: string;
  readonly hits: number;
}
