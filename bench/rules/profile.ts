/** A synthetic profile of a month, made in the database and written as Parquet, as the step `profile` leaves it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIELD_SQL, type Field } from '../../core/field.ts';
import type { Divisions } from '../../core/region.ts';
import { identifier, literal, parquet, textList, type Sql } from '../../store/sql.ts';
import { fieldsOf, type Fields } from '../../warnings/fields.ts';

/** Relations, as `evaluateRules` takes them. */
export interface Profile {
  readonly persons: string;
  readonly homes: string;
  readonly roster: string;
}

export interface ProfileOptions {
  readonly persons: number;
  readonly seed: number;
  readonly divisions: Divisions;
  readonly fields: Fields;
  /** Where the three files go. */
  readonly folder: string;
}

/** Fields not in profile.sql, such as those of connectors: rare, and mostly unknown. */
function byType({ name, type }: Field): string {
  const draw = (what: string): string => literal(`${name} ${what}`);
  const value = {
    boolean: `chance(n, ${draw('holds')}, 0.002)`,
    integer: `CASE WHEN chance(n, ${draw('known')}, 0.1) THEN whole(n, ${draw('value')}, 0, 12) END`,
    money: `CASE WHEN chance(n, ${draw('known')}, 0.1) THEN tens(n, ${draw('value')}, 0, 20000) END`,
    date: `CASE WHEN chance(n, ${draw('known')}, 0.1) THEN getvariable('month_end') - whole(n, ${draw('value')}, 0, 400) END`,
    text: 'NULL',
  }[type];
  return `CAST(${value} AS ${FIELD_SQL[type]}) AS ${identifier(name)}`;
}

async function write(
  sql: Sql,
  made: string,
  fields: readonly Field[],
  target: string,
): Promise<void> {
  const columns = await sql.rows<{ column_name: string }>(`DESCRIBE ${made}`);
  const named = new Set(columns.map(({ column_name }) => column_name));
  const cast = fields
    .filter(({ name }) => named.has(name))
    .map(
      ({ name, type }) => `CAST(${identifier(name)} AS ${FIELD_SQL[type]}) AS ${identifier(name)}`,
    );
  const added = fields.filter(({ name }) => !named.has(name)).map(byType);
  const replaced = cast.length === 0 ? '' : ` REPLACE (${cast.join(', ')})`;
  const select = `SELECT ${[`* EXCLUDE (n)${replaced}`, ...added].join(', ')} FROM ${made}`;
  await sql.run(`COPY (${select}) TO ${literal(target)} (FORMAT parquet, COMPRESSION snappy)`);
}

/** Generates every field of the catalogue for `persons` persons. The variables of the month must be set. */
export async function makeProfile(sql: Sql, options: ProfileOptions): Promise<Profile> {
  const { persons, seed, divisions, fields, folder } = options;
  const file = (name: string): string => join(folder, `${name}.parquet`);
  await sql.run(`SET VARIABLE persons = ${persons}; SET VARIABLE seed = ${seed};
    SET VARIABLE counties = ${textList(divisions.counties.map(({ code }) => code))};
    ${readFileSync(new URL('profile.sql', import.meta.url), 'utf8')}`);
  await write(sql, 'made_person', fieldsOf(fields, 'person'), file('person'));
  await write(sql, 'made_home', fieldsOf(fields, 'household'), file('household'));
  await sql.run(
    `COPY (FROM made_roster) TO ${literal(file('roster'))} (FORMAT parquet, COMPRESSION snappy)`,
  );
  await sql.run('DROP TABLE made_place; DROP TABLE made_home CASCADE');
  return {
    persons: parquet(file('person')),
    homes: parquet(file('household')),
    roster: parquet(file('roster')),
  };
}
