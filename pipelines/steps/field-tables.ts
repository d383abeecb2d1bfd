/** What the connectors' own SELECTs make of the month, joined to the profile: a profile row stays one row. */
import type { FieldTable } from '../../connectors/kit/field-table.ts';
import { MonitorError } from '../../core/errors.ts';
import { FIELD_SQL, type Field } from '../../core/field.ts';
import { identifier, literal, type Sql } from '../../core/store/sql.ts';

/** Relations that hold the whole profile. */
export interface Profiles {
  readonly person: string;
  readonly household: string;
}

/** @throws MonitorError `fields` when the SELECT gives other columns than the connector says, or a subject twice */
async function make(sql: Sql, table: FieldTable): Promise<void> {
  const { agency, relation, key } = table;
  const wrong = (what: string): MonitorError =>
    new MonitorError('fields', `the fields of the connector ${agency}: ${what}`);
  const select = `(${table.sql}\n)`;
  const columns = await sql.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${select}`);
  const given = new Set(columns.map(({ column_name }) => column_name));
  const lacking = [key, ...table.fields.map((field) => field.name), ...table.also].filter(
    (column) => !given.has(column),
  );
  if (lacking.length > 0) throw wrong(`the SELECT gives no ${lacking.join(', ')}`);
  // Only what the connector names, so that nothing comes to rest on a column that it does not promise.
  const named = [
    ...table.fields.map(
      ({ name, type }) => `CAST(${identifier(name)} AS ${FIELD_SQL[type]}) AS ${identifier(name)}`,
    ),
    ...table.also.map(identifier),
  ];
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE ${relation} AS SELECT ${[key, ...named].join(', ')} FROM ${select}`,
  );
  const [row] = await sql.rows<{ twice: boolean }>(
    `SELECT count(${key}) > count(DISTINCT ${key}) AS twice FROM ${relation}`,
  );
  if (row?.twice === true) throw wrong(`the SELECT gives a ${key} more than one row`);
}

/**
 * Makes the relation of each table, in their order.
 * @throws MonitorError `fields` naming the connector whose SELECT does not give what it says
 */
export async function makeFieldTables(sql: Sql, tables: readonly FieldTable[]): Promise<void> {
  for (const table of tables) await make(sql, table);
}

function column({ name, type }: Field, { relation, otherwise }: FieldTable): string {
  const value = `${relation}.${identifier(name)}`;
  const absent = otherwise[name] ?? (type === 'boolean' ? 'false' : null);
  if (absent === null) return value;
  const text = typeof absent === 'string' && type !== 'boolean' ? literal(absent) : String(absent);
  return `coalesce(${value}, ${text}) AS ${identifier(name)}`;
}

/** @param keep which of a table's fields stand in this profile */
function joined(
  profile: string,
  tables: readonly FieldTable[],
  keep: (field: Field) => boolean,
): string {
  const used = tables.filter(({ fields }) => fields.some(keep));
  if (used.length === 0) return profile;
  const columns = used.flatMap((table) =>
    table.fields.filter(keep).map((field) => column(field, table)),
  );
  const joins = used.map(
    ({ relation, key }) => `LEFT JOIN ${relation} ON ${relation}.${key} = p.${key}`,
  );
  return `(SELECT p.*, ${columns.join(', ')} FROM ${profile} p ${joins.join(' ')})`;
}

/**
 * @param tables the connectors' fields, made by `makeFieldTables`; without any the profile is what it was
 */
export function joinFieldTables(profiles: Profiles, tables: readonly FieldTable[]): Profiles {
  return {
    person: joined(profiles.person, tables, ({ of }) => of !== 'household'),
    household: joined(profiles.household, tables, ({ of }) => of !== 'person'),
  };
}
