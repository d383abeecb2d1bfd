/** Evaluates rules over a past month for comparison; nothing is stored. */
import { workFile } from '../../core/home.ts';
import type { Month } from '../../core/month.ts';
import type { Divisions } from '../../core/region.ts';
import { literal, parquet } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { evaluateRules } from '../evaluate.ts';
import type { ParameterBook } from '../parameters.ts';
import type { Rule } from '../schema.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { requireProfile } from './require-profile.ts';
import { monthVariables } from '../month-variables.ts';

export interface Once {
  readonly store: Store;
  readonly divisions: Divisions;
  readonly vocabulary: Vocabulary;
  readonly month: Month;
  readonly rules: readonly Rule[];
  readonly parameters: ParameterBook;
  /** Day on which figures are looked up; defaults to the month's last. */
  readonly day?: string;
}

/**
 * Leaves the hits of the rules in the temporary table `name`, with the columns of `found`.
 * @throws MonitorError `not-run` as `requireProfile`
 */
export async function evaluateOnce(once: Once, name: string): Promise<void> {
  const { store, month, rules, parameters, divisions, vocabulary, day } = once;
  await requireProfile(store, month, rules);
  const file = (part: string): string => parquet(workFile(store.home, month, part));
  const notEvaluated = await store.sql.rows<{ rule: string; county: string; missing: string }>(
    `SELECT rule, county, missing FROM not_evaluated WHERE month = ${literal(month)} AND missing NOT LIKE 'parameter %'`,
  );
  await store.sql.run(monthVariables(month));
  await evaluateRules({
    sql: store.sql,
    month,
    rules,
    fields: vocabulary.fields,
    parameters,
    divisions,
    notEvaluated,
    persons: file('person'),
    homes: file('household'),
    roster: file('roster'),
    ...(day === undefined ? {} : { day }),
  });
  await store.sql.run(`CREATE OR REPLACE TEMP TABLE ${name} AS SELECT * FROM found`);
}
