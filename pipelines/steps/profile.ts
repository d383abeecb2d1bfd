/** profile: one wide row of named fields per person in a home, and per home. */
import { existsSync } from 'node:fs';
import { MonitorError } from '../../core/errors.ts';
import { workFile } from '../../core/home.ts';
import { parquet } from '../../core/store/sql.ts';
import { FIELDS, fieldsOf } from '../../warnings/fields.ts';
import type { RunContext } from '../context.ts';
import { countOf, keepWork } from './identify.ts';
import { createViews, type Sources } from './sources.ts';
import { fingerprint, monthVariables, readSql, runStep } from './step.ts';

/** The profile must have every field of the catalogue, or a rule would speak of nothing. */
async function checkFields(context: RunContext): Promise<void> {
  for (const subject of ['person', 'household'] as const) {
    const columns = await context.store.sql.rows<{ column_name: string }>(
      `DESCRIBE ${subject}_profile`,
    );
    const names = new Set(columns.map(({ column_name }) => column_name));
    const lacking = fieldsOf(subject)
      .filter(({ name }) => !names.has(name))
      .map(({ name }) => name);
    if (lacking.length > 0)
      throw new MonitorError('fields', `the ${subject} profile lacks: ${lacking.join(', ')}`);
  }
}

export async function profile(
  context: RunContext,
  sources: Sources,
  before: string,
): Promise<{ changed: boolean; print: string }> {
  const { store, month } = context;
  const print = fingerprint([before, [...FIELDS.keys()]]);
  const file = (name: string): string => workFile(store.home, month, name);
  const { changed } = await runStep(
    context,
    'profile',
    print,
    async () => {
      await createViews(context, sources);
      await store.sql.run(`${monthVariables(month)};
        CREATE OR REPLACE TEMP VIEW roster_of_month AS SELECT * FROM ${parquet(file('roster'))};
        ${readSql('profile.sql')}`);
      await checkFields(context);
      await keepWork(context, 'household', 'SELECT * FROM household_profile');
      await keepWork(context, 'person', 'SELECT * FROM person_profile');
      const counts = await countOf(
        store.sql,
        `SELECT (SELECT count(*)::INTEGER FROM ${parquet(file('person'))}) AS persons_in_homes,
           (SELECT count(*)::INTEGER FROM household_profile) AS homes`,
      );
      return {
        rows: (counts['persons_in_homes'] ?? 0) + (counts['homes'] ?? 0),
        counts,
        files: {},
        detail: [],
      };
    },
    () => existsSync(file('person')) && existsSync(file('household')),
  );
  return { changed, print };
}
