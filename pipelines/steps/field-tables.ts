/** What the connectors' own SELECTs make of the month, joined to the profile: a profile row stays one row. */
import type { FieldTable } from '../../connectors/kit/field-table.ts';
import { MonitorError } from '../../core/errors.ts';
import { FIELD_SQL, type Field } from '../../core/field.ts';
import { identifier, type Sql } from '../../core/store/sql.ts';

/** Relations that hold the whole profile. */
export interface Profiles {
  readonly person: string;
  readonly household: string;
}

interface Made {
  readonly name: string;
  readonly table: FieldTable;
}

/** @throws MonitorError `fields` when the SELECT gives other columns than the connector says, or a subject twice */
async function make(sql: Sql, table: FieldTable, number: number): Promise<Made> {
  const name = `connector_fields_${number}`;
  const wrong = (what: string): MonitorError =>
    new MonitorError('fields', `the fields of the connector ${table.agency}: ${what}`);
  await sql.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${table.sql}`);
  const columns = await sql.rows<{ column_name: string }>(`DESCRIBE ${name}`);
  const given = new Set(columns.map(({ column_name }) => column_name));
  const lacking = [table.key, ...table.fields.map((field) => field.name)].filter(
    (column) => !given.has(column),
  );
  if (lacking.length > 0) throw wrong(`the SELECT gives no ${lacking.join(', ')}`);
  const [row] = await sql.rows<{ twice: boolean }>(
    `SELECT count(${table.key}) > count(DISTINCT ${table.key}) AS twice FROM ${name}`,
  );
  if (row?.twice === true) throw wrong(`the SELECT gives a ${table.key} more than one row`);
  return { name, table };
}

function column({ name, type }: Field, from: string): string {
  const value = `CAST(${from}.${identifier(name)} AS ${FIELD_SQL[type]})`;
  return `${type === 'boolean' ? `coalesce(${value}, false)` : value} AS ${identifier(name)}`;
}

/** @param keep which of a table's fields stand in this profile */
function joined(profile: string, made: readonly Made[], keep: (field: Field) => boolean): string {
  const used = made.filter(({ table }) => table.fields.some(keep));
  if (used.length === 0) return profile;
  const columns = used.flatMap(({ name, table }) =>
    table.fields.filter(keep).map((field) => column(field, name)),
  );
  const joins = used.map(
    ({ name, table }) => `LEFT JOIN ${name} ON ${name}.${table.key} = p.${table.key}`,
  );
  return `(SELECT p.*, ${columns.join(', ')} FROM ${profile} p ${joins.join(' ')})`;
}

/**
 * @param tables the connectors' fields; without any the profile is what it was
 * @throws MonitorError `fields` naming the connector whose SELECT does not give what it says
 */
export async function joinFieldTables(
  sql: Sql,
  profiles: Profiles,
  tables: readonly FieldTable[],
): Promise<Profiles> {
  const made: Made[] = [];
  for (const table of tables) made.push(await make(sql, table, made.length));
  return {
    person: joined(profiles.person, made, ({ of }) => of !== 'household'),
    household: joined(profiles.household, made, ({ of }) => of !== 'person'),
  };
}
