/** The SQL of a month's roster and profile, for the month of a run and for earlier ones that its rules look back to. */
import type { Field } from '../../core/field.ts';
import type { RunContext } from '../context.ts';
import { joinFieldTables, makeFieldTables, type Profiles } from './field-tables.ts';
import { sightings } from './sightings.ts';
import { createViews, type Sources } from './sources.ts';
import { fingerprint, monthVariables, readSql } from './step.ts';

/** What the roster depends on. */
export function rosterPrint({ read }: Sources): string {
  return fingerprint(
    read.map(({ source, month, lake_sha256, counties }) => [source, month, lake_sha256, counties]),
  );
}

/** Leaves the month's roster in the temporary table `roster`. */
export async function makeRoster(context: RunContext, sources: Sources): Promise<void> {
  await createViews(context, sources);
  await context.store.sql.run(
    `${monthVariables(context.month)}; ${sightings(context.contracts)}; ${readSql('identify.sql')}`,
  );
}

/** A field of persons or homes; those of the offices' work are no part of the profile. */
function ofPeople({ of }: Field): boolean {
  return of === 'person' || of === 'household' || of === 'both';
}

/** @param before what the roster depends on */
export function profilePrint({ rules, fieldTables }: RunContext, before: string): string {
  return fingerprint([
    before,
    [...rules.vocabulary.fields.values()].filter(ofPeople).map(({ name }) => name),
    ...fieldTables.map(({ sql, fields }) => [sql, fields.map(({ type, of }) => [type, of])]),
  ]);
}

/**
 * @param roster relation
 * @returns relations with every field of the catalogue that is not made of another one
 */
export async function makeProfile(
  context: RunContext,
  sources: Sources,
  roster: string,
): Promise<Profiles> {
  const { sql } = context.store;
  await createViews(context, sources);
  await sql.run(`${monthVariables(context.month)};
    CREATE OR REPLACE TEMP VIEW roster_of_month AS SELECT * FROM ${roster}`);
  await makeFieldTables(sql, context.fieldTables);
  await sql.run(readSql('profile.sql'));
  return joinFieldTables(
    { person: 'combined_of_person', household: 'combined_of_home' },
    context.fieldTables,
  );
}
