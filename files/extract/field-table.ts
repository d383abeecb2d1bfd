/**
 * Fields that a connector brings, so that rules can speak of what its agency hands in: a list of names and one SELECT
 * that makes them, kept as a `.sql` file beside it. A field of several agencies is made of these tables in
 * `pipelines/steps/profile.sql` and listed in `pipelines/fields/`.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fields, type Field, type FieldEntry } from '../../core/field.ts';

export interface FieldTable {
  readonly agency: string;
  /** Under which other SQL of the connector and `profile.sql` read it, e.g. `civil_affairs_person`. */
  readonly relation: string;
  /** The column that the SELECT gives one row of. */
  readonly key: 'person_id' | 'household_id';
  readonly fields: readonly Field[];
  /** Further columns of the relation, for fields of several agencies. */
  readonly also: readonly string[];
  /** What a field is for a subject without a row or a value. */
  readonly otherwise: Readonly<Record<string, string | number>>;
  /** Parameters that the SELECT reads. */
  readonly figures: readonly string[];
  readonly sql: string;
}

interface More {
  /** Of a home's table: fields that stand in the profile of its members as well. */
  readonly both?: readonly FieldEntry[];
  /** Columns that are no fields, for the connector's other SELECTs and for fields of several agencies. */
  readonly also?: readonly string[];
  /** What a field is for a subject without a row or a value, where that is not false or unknown. */
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
 * under the field's whole name. For a subject without a row yes/no fields are false, all others unknown, unless
 * `otherwise` says what they are. It reads
 * - `v_<dataset>`, the extract of the month (for a cumulative dataset all that count, with their month as `delivered`),
 * - `v_<dataset>_previous`, the one of the month before, when a field reads `<agency>/<dataset>@1`,
 * - the relations of the agency's own tables that stand before it in the connector's list,
 * - `roster_of_month` (person_id, household_id), to go from a person to the homes,
 * - `county_parameter`, where it names `figures`: one row per `county` and a column for each case of a figure, in force on
 *   the last day of the month, e.g. `"severe-disability-grade|category=mental"`,
 * - the variables `month_start`, `month_end`, `window_start`, `year_start`, `delivery` of the steps' SQL.
 * @param of whose the fields are; `both` is a home's, in the profile of its members as well
 * @param file the SELECT, without a semicolon at its end; its name is the second half of the relation's
 * @param list of a new agency: names begin with the agency's (`housing.`, `human_resources.`), so that no two share one
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
