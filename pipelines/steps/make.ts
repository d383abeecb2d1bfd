/** The SQL of a month's roster and profile, for a run's month and for earlier ones its rules look back to. */
import type { Field } from '../../core/field.ts';
import { lastDay } from '../../core/month.ts';
import { createCountyTables } from '../../warnings/evaluate.ts';
import { casesOf, lookUp } from '../../warnings/parameters.ts';
import type { RunContext } from '../context.ts';
import { joinFieldTables, makeFieldTables, type Profiles } from './field-tables.ts';
import { sightings } from './sightings.ts';
import { createViews, type Sources } from '../../warnings/sources.ts';
import { readSql } from './step.ts';
import { monthVariables } from '../../warnings/month-variables.ts';
import { fingerprint } from '../../store/step-record.ts';

/** Inputs of the roster. */
export function rosterPrint({ read }: Sources): string {
  return fingerprint(
    read.map(({ source, month, lake_sha256, counties }) => [source, month, lake_sha256, counties]),
  );
}

/** Creates the month's roster as the temporary table `roster`. */
export async function makeRoster(
  context: Pick<RunContext, 'month' | 'store' | 'contracts'>,
  sources: Sources,
): Promise<void> {
  await createViews(context, sources);
  await context.store.sql.run(
    `${monthVariables(context.month)}; ${sightings(context.contracts)}; ${readSql('identify.sql')}`,
  );
}

/** A field of persons or homes; fields of the offices' work are not part of the profile. */
function ofPeople({ of }: Field): boolean {
  return of === 'person' || of === 'household' || of === 'both';
}

/** Parameters read by the connectors' SELECTs. */
function figuresOf({ fieldTables }: Pick<RunContext, 'fieldTables'>): Set<string> {
  return new Set(fieldTables.flatMap(({ figures }) => figures));
}

/** Their values in force at the end of the month, by county. */
function valuesOf(
  context: Pick<RunContext, 'month' | 'divisions' | 'fieldTables' | 'rules'>,
): unknown[] {
  const { rules, divisions, month } = context;
  const named = figuresOf(context);
  const cases = [...rules.parameters.definitions.values()]
    .filter(({ name }) => named.has(name))
    .flatMap((definition) => casesOf(definition).map((one) => ({ definition, one })));
  return divisions.counties.map(({ code }) =>
    cases.map(
      ({ definition, one }) =>
        lookUp(rules.parameters, divisions, definition, code, lastDay(month), one)?.value ?? null,
    ),
  );
}

/** @param before inputs of the roster */
export function profilePrint(
  context: Pick<RunContext, 'month' | 'divisions' | 'fieldTables' | 'rules'>,
  before: string,
): string {
  const { rules, fieldTables } = context;
  return fingerprint([
    before,
    valuesOf(context),
    [...rules.vocabulary.fields.values()].filter(ofPeople).map(({ name }) => name),
    ...fieldTables.map(({ sql, fields, also, otherwise }) => [
      sql,
      fields.map(({ type, of }) => [type, of]),
      also,
      otherwise,
    ]),
  ]);
}

/**
 * @param roster relation
 * @returns relations with every non-derived field of the catalogue
 */
export async function makeProfile(
  context: Pick<
    RunContext,
    'month' | 'store' | 'divisions' | 'contracts' | 'fieldTables' | 'rules'
  >,
  sources: Sources,
  roster: string,
): Promise<Profiles> {
  const { month, divisions, rules } = context;
  const { sql } = context.store;
  await createViews(context, sources);
  await sql.run(`${monthVariables(month)};
    CREATE OR REPLACE TEMP VIEW roster_of_month AS SELECT * FROM ${roster}`);
  await createCountyTables(
    {
      sql,
      month,
      parameters: rules.parameters,
      divisions,
      fields: rules.vocabulary.fields,
      notEvaluated: [],
    },
    figuresOf(context),
  );
  await makeFieldTables(sql, context.fieldTables);
  await sql.run(readSql('profile.sql'));
  return joinFieldTables(
    { person: 'combined_of_person', household: 'combined_of_home' },
    context.fieldTables,
  );
}
