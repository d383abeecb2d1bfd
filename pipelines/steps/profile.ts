/** profile: one wide row of named fields per person in a home, and per home. */
import { existsSync } from 'node:fs';
import { MonitorError } from '../../core/errors.ts';
import { workFile } from '../../core/home.ts';
import { parquet } from '../../store/sql.ts';
import { derivationsOf } from '../../warnings/derived.ts';
import { fieldsOf } from '../../warnings/fields.ts';
import type { RunContext } from '../context.ts';
import { derive } from './derive.ts';
import type { Profiles } from './field-tables.ts';
import { countOf, keepWork } from './identify.ts';
import { lookBack } from './look-back.ts';
import { makeProfile, profilePrint } from './make.ts';
import type { Sources } from '../../warnings/sources.ts';
import { runStep } from './step.ts';

/** The profile must have every field of the catalogue, or a rule would refer to nothing. */
async function checkFields(
  { store, rules }: Pick<RunContext, 'store' | 'rules'>,
  profiles: Profiles,
): Promise<void> {
  for (const subject of ['person', 'household'] as const) {
    const columns = await store.sql.rows<{ column_name: string }>(
      `DESCRIBE SELECT * FROM ${profiles[subject]}`,
    );
    const names = new Set(columns.map(({ column_name }) => column_name));
    const lacking = fieldsOf(rules.vocabulary.fields, subject)
      .filter(({ name }) => !names.has(name))
      .map(({ name }) => name);
    if (lacking.length > 0)
      throw new MonitorError('fields', `the ${subject} profile lacks: ${lacking.join(', ')}`);
  }
}

export async function profile(
  context: Pick<
    RunContext,
    'month' | 'store' | 'divisions' | 'contracts' | 'fieldTables' | 'rules' | 'progress' | 'steps'
  >,
  sources: Sources,
  before: string,
): Promise<{ changed: boolean; print: string }> {
  const { store, month } = context;
  const print = profilePrint(context, before);
  const file = (name: string): string => workFile(store.home, month, name);
  const { changed } = await runStep(
    context,
    'profile',
    print,
    async () => {
      const derivations = derivationsOf(context.rules.vocabulary.fields);
      const past = await lookBack(context, derivations);
      const plain = await makeProfile(context, sources, parquet(file('roster')));
      const whole = await derive(store.sql, plain, past, derivations);
      await checkFields(context, whole);
      await keepWork(context, 'household', `SELECT * FROM ${whole.household}`);
      await keepWork(context, 'person', `SELECT * FROM ${whole.person}`);
      const counts = await countOf(
        store.sql,
        `SELECT (SELECT count(*)::INTEGER FROM ${parquet(file('person'))}) AS persons_in_homes,
           (SELECT count(*)::INTEGER FROM ${parquet(file('household'))}) AS homes`,
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
