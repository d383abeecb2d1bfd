/**
 * Fields that a connector brings, so that rules can speak of what its agency hands in: a list of names and one SELECT
 * that makes them, kept as a `.sql` file beside it.
 */
import { readFileSync } from 'node:fs';
import { fields, type Field, type FieldEntry } from '../../core/field.ts';

export interface FieldTable {
  readonly agency: string;
  /** The column that the SELECT gives one row of. */
  readonly key: 'person_id' | 'household_id';
  readonly fields: readonly Field[];
  readonly sql: string;
}

/**
 * The SELECT gives at most one row per `person_id` (for a home's fields: `household_id`) and a column for each field,
 * under the field's whole name. For a subject without a row yes/no fields are false, all others unknown. It reads
 * - `v_<dataset>`, the extract of the month (for a cumulative dataset all that count, with their month as `delivered`),
 * - `v_<dataset>_previous`, the one of the month before, when a field reads `<agency>/<dataset>@1`,
 * - `roster_of_month` (person_id, household_id), to go from a person to the homes,
 * - the variables `month_start`, `month_end`, `window_start`, `year_start`, `delivery` of the steps' SQL.
 * @param of whose the fields are; `both` is a home's, in the profile of its members as well
 * @param file the SELECT, without a semicolon at its end
 * @param list names begin with the agency's (`housing.`, `human_resources.`), so that no two agencies share one
 */
export function fieldTable(
  agency: string,
  of: Field['of'],
  file: URL,
  list: readonly FieldEntry[],
): FieldTable {
  return {
    agency,
    key: of === 'person' ? 'person_id' : 'household_id',
    fields: fields(of, list),
    sql: readFileSync(file, 'utf8'),
  };
}
