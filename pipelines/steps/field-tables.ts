/** Joins the results of the connectors' own SELECTs for the month to the profile: a profile row stays one row. */
import type { FieldTable } from '../../files/extract/field-table.ts';
import { MonitorError } from '../../core/errors.ts';
import { FIELD_SQL, type Field } from '../../core/field.ts';
import { identifier, literal, type Sql } from '../../store/sql.ts';

/** Relations that make up the whole profile. */
export interface Profiles {
  readonly person: string;
  readonly household: string;
}

const wrong = ({ agency }: FieldTable, what: string): MonitorError =>
  new MonitorError('fields', `the fields of the connector ${agency}: ${what}`);

/** Columns the connector declares but its SELECT does not return. */
async function lacking(
  sql: Sql,
  { key, fields, also }: FieldTable,
  select: string,
): Promise<string[]> {
  const columns = await sql.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${select}`);
  const given = new Set(columns.map(({ column_name }) => column_name));
  return [key, ...fields.map(({ name }) => name), ...also].filter((column) => !given.has(column));
}

async function make(sql: Sql, table: FieldTable): Promise<void> {
  const { relation, key, fields, also } = table;
  const select = `(${table.sql}\n)`;
  // Only declared columns, so that nothing depends on one the connector does not promise.
  const named = [
    ...fields.map(
      ({ name, type }) => `CAST(${identifier(name)} AS ${FIELD_SQL[type]}) AS ${identifier(name)}`,
    ),
    ...also.map(identifier),
  ];
  try {
    await sql.run(
      `CREATE OR REPLACE TEMP TABLE ${relation} AS SELECT ${[key, ...named].join(', ')} FROM ${select}`,
    );
  } catch (cause) {
    const columns = await lacking(sql, table, select);
    if (columns.length > 0) throw wrong(table, `the SELECT gives no ${columns.join(', ')}`);
    throw cause;
  }
}

/** A subject with two rows would appear twice in the profile. */
async function checkUnique(sql: Sql, tables: readonly FieldTable[]): Promise<void> {
  if (tables.length === 0) return;
  const counts = tables.map(
    ({ relation, key }, index) =>
      `SELECT ${index} AS place FROM ${relation} HAVING count(${key}) > count(DISTINCT ${key})`,
  );
  const [twice] = await sql.rows<{ place: number }>(counts.join(' UNION ALL '));
  const table = twice === undefined ? undefined : tables[twice.place];
  if (table !== undefined) throw wrong(table, `the SELECT gives a ${table.key} more than one row`);
}

/**
 * Creates the relation of each table, in order.
 * @throws MonitorError `fields` naming the connector whose SELECT returns columns other than declared, or a subject
 * twice
 */
export async function makeFieldTables(sql: Sql, tables: readonly FieldTable[]): Promise<void> {
  for (const table of tables) await make(sql, table);
  await checkUnique(sql, tables);
}

function column({ name, type }: Field, { relation, otherwise }: FieldTable): string {
  const value = `${relation}.${identifier(name)}`;
  const absent = otherwise[name] ?? (type === 'boolean' ? 'false' : null);
  if (absent === null) return value;
  const text = typeof absent === 'string' && type !== 'boolean' ? literal(absent) : String(absent);
  return `coalesce(${value}, ${text}) AS ${identifier(name)}`;
}

/** @param keep selects the fields of a table for this profile */
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

/** @param tables the connectors' fields, made by `makeFieldTables`; if empty, the profile is unchanged */
export function joinFieldTables(profiles: Profiles, tables: readonly FieldTable[]): Profiles {
  return {
    person: joined(profiles.person, tables, ({ of }) => of !== 'household'),
    household: joined(profiles.household, tables, ({ of }) => of !== 'person'),
  };
}
