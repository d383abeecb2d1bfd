/** The declaration of a named query: its output columns and required parameters. */

/**
 * How a value is treated.
 * - `month`: `YYYY-MM`; the answer also gets `time`, milliseconds of the month's first day in Asia/Shanghai, and
 *   its rows ascend by it.
 * - `instant`: milliseconds since 1970.
 * - `text`: names, codes, words. Codes are text everywhere: `520102` must never become a number.
 * - `count`: persons, homes, leads, rows about them. Masked and rounded for readers outside civil affairs' own
 *   scope.
 * - `number`: numbers that do not count people: days, versions, files, bytes.
 * - `flag`: 0 or 1.
 * - `ratio`: of two counts as displayed, so that it reveals no more than they do.
 */
export type ColumnType =
  | { readonly type: 'month' | 'instant' | 'text' | 'flag'; readonly title: string }
  | { readonly type: 'count' | 'number'; readonly title: string; readonly unit: FigureUnit }
  | {
      readonly type: 'ratio';
      readonly title: string;
      /** Names of two count columns: the part and the whole. */
      readonly of: readonly [part: string, whole: string];
    };

/** The unit of a number; `grafana` in `units.ts` maps it to a display unit. */
export type FigureUnit =
  | 'persons'
  | 'households'
  | 'warnings'
  | 'leads'
  | 'rows'
  | 'files'
  | 'versions'
  | 'counties'
  | 'lists'
  | 'records'
  | 'months'
  | 'days'
  | 'hours'
  | 'seconds'
  | 'bytes'
  | 'share';

/**
 * Parameters are required wherever they are declared: a query without them is refused, never answered for all.
 * - `months`: two values, `from` and `to`, `YYYY-MM` or milliseconds.
 * - `region`: one division code inside the reader's scope, or `all` of it.
 * - `rule`: one rule, or `all`. `source`: one `agency/dataset`, or `all`.
 */
export type QueryParameter = 'months' | 'region' | 'rule' | 'source';

export interface QueryDeclaration {
  readonly title: string;
  /** Meaning and limits of the figures, one or two sentences for the reader of the panel. */
  readonly note?: string;
  readonly parameters: readonly QueryParameter[];
  /**
   * Published tables read by the SQL. The fence opens only these, so a missing table is empty to the query; a test
   * compares each list with what DuckDB needs.
   */
  readonly reads: readonly string[];
  /**
   * `province`: it reads figures that belong to no county. Readers of a part of the province get no rows and a
   * notice saying so.
   */
  readonly about?: 'province';
  /**
   * `leads`: its rows name single leads. Only readers allowed to read leads are answered, for their own county or
   * township, and each reading is audited; for everybody else the query does not exist. Required of every query
   * that reads a table with the id of a lead, a case, a household or a person.
   */
  readonly shows?: 'leads';
  /**
   * Rows exist only for existing things: to a protected reader a missing row must not mean zero, so masked rows are
   * dropped too.
   */
  readonly sparse?: boolean;
  /** In output order. */
  readonly columns: Readonly<Record<string, ColumnType>>;
}

/** The queries of a folder, by the name of their `.sql`. */
export type Queries = Readonly<Record<string, QueryDeclaration>>;

export interface NamedQuery extends QueryDeclaration {
  /** `<folder>_<file>`, e.g. `province_people`. */
  readonly name: string;
  /** Folder of `dashboards/` that declares it. */
  readonly folder: string;
  readonly sql: string;
}
