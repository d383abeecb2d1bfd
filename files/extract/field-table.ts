/**
 * A connector's fields, so that rules can use what its agency delivers: a list of names and one SELECT that makes
 * them, kept as a `.sql` file beside it. A field over several agencies is made from these tables in
 * `pipelines/steps/profile.sql` and listed in `pipelines/fields/`.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fields, type Field, type FieldEntry } from '../../core/field.ts';

export interface FieldTable {
  readonly agency: string;
  /** Name used by the connector's other SQL and `profile.sql`, e.g. `civil_affairs_person`. */
  readonly relation: string;
  /** The column with one row per value in the SELECT. */
  readonly key: 'person_id' | 'household_id';
  readonly fields: readonly Field[];
  /** Additional columns of the relation, for fields over several agencies. */
  readonly also: readonly string[];
  /** A field's value for a subject without a row or a value. */
  readonly otherwise: Readonly<Record<string, string | number>>;
  /** Parameters that the SELECT reads. */
  readonly figures: readonly string[];
  readonly sql: string;
}

interface More {
  /** For a home's table: fields that are also in the profile of its members. */
  readonly both?: readonly FieldEntry[];
  /** Columns that are not fields, for the connector's other SELECTs and for fields over several agencies. */
  readonly also?: readonly string[];
  /** A field's value for a subject without a row or a value, where that is not false or unknown. */
  readonly otherwise?: Readonly<Record<string, string | number>>;
  /** Parameters (`rules/parameters/`) that the SELECT reads in `county_parameter`. */
  readonly figures?: readonly string[];
}

/** `person.sql` of `civil-affairs` is `civil_affairs_person`. */
function relationName(agency: string, file: URL): string {
  return `${agency}_${basename(file.pathname, '.sql')}`.replaceAll('-', '_');
}

/**
 * The SELECT gives at most one row per `person_id` (for a home's fields: `household_id`) and a column for each field,
 * under its full name. For a subject without a row yes/no fields are false and all others unknown, unless `otherwise`
 * gives the value. It reads
 * - `v_<dataset>`, the month's extract (for a cumulative dataset all in its window, with their month as `delivered`),
 * - `v_<dataset>_previous`, the previous month's, when a field reads `<agency>/<dataset>@1`,
 * - the agency's own tables that precede it in the connector's list,
 * - `roster_of_month` (person_id, household_id), to get from a person to their homes,
 * - `county_parameter`, where it names `figures`: one row per `county` and a column for each case of a figure, in force on
 *   the last day of the month, e.g. `"severe-disability-grade|category=mental"`,
 * - the variables `month_start`, `month_end`, `window_start`, `year_start`, `delivery` of the steps' SQL.
 * @param of whose fields they are; `both`: a home's, also in the profile of its members
 * @param file the SELECT, without a trailing semicolon; its name is the second half of the relation's name
 * @param list field names start with the agency's (`housing.`, `human_resources.`), so that they are unique
 */
export function fieldTable(
  agency: string,
  of: 'person' | 'household' | 'both',
  file: URL,
  list: readonly FieldEntry[],
  { both = [], also = [], otherwise = {}, figures = [] }: More = {},
): FieldTable {
  return {
    agency,
    relation: relationName(agency, file),
    key: of === 'person' ? 'person_id' : 'household_id',
    fields: [...fields(of, list), ...fields('both', both)],
    also,
    otherwise,
    figures,
    sql: readFileSync(file, 'utf8'),
  };
}
