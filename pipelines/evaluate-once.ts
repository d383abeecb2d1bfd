/** Rules over a month that was run before, for comparing: nothing of it is kept. */
import { existsSync } from 'node:fs';
import { MonitorError } from '../core/errors.ts';
import { workFile } from '../core/home.ts';
import type { Month } from '../core/month.ts';
import type { Divisions } from '../core/region.ts';
import { literal, parquet } from '../core/store/sql.ts';
import type { Store } from '../core/store/store.ts';
import { mentionsOfRule } from '../warnings/check.ts';
import { evaluateRules } from '../warnings/evaluate.ts';
import type { ParameterBook } from '../warnings/parameters.ts';
import type { Rule } from '../warnings/schema.ts';
import type { Vocabulary } from '../warnings/vocabulary.ts';
import { monthVariables } from './steps/step.ts';

export interface Once {
  readonly store: Store;
  readonly divisions: Divisions;
  readonly vocabulary: Vocabulary;
  readonly month: Month;
  readonly rules: readonly Rule[];
  readonly parameters: ParameterBook;
  /** Day on which figures are looked up; the last of the month otherwise. */
  readonly day?: string;
}

/** @throws MonitorError `not-run` when the month's profile is not there or lacks a field of the rules */
async function checkProfile({ store, month, rules }: Once): Promise<void> {
  const fix = `doudi run --month ${month}`;
  for (const subject of ['person', 'household'] as const) {
    const file = workFile(store.home, month, subject);
    if (!existsSync(file))
      throw new MonitorError('not-run', `${month} has not been run in this home`, { fix });
    const columns = await store.sql.rows<{ column_name: string }>(
      `DESCRIBE SELECT * FROM ${parquet(file)}`,
    );
    const there = new Set(columns.map(({ column_name }) => column_name));
    const lacking = rules
      .filter((rule) => rule.subject === subject)
      .flatMap((rule) => mentionsOfRule(rule).fields)
      .filter((name) => !there.has(name));
    if (lacking.length > 0)
      throw new MonitorError('not-run', `${month} was run before there was ${lacking.join(', ')}`, {
        fix,
      });
  }
}

/**
 * Leaves the hits of the rules in the temporary table `name`, with the columns of `found`.
 * @throws MonitorError `not-run`
 */
export async function evaluateOnce(once: Once, name: string): Promise<void> {
  const { store, month, rules, parameters, divisions, vocabulary, day } = once;
  await checkProfile(once);
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
