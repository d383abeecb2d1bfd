/**
 * warn: every rule in force over the month's profile, and upcoming dates; where an extract is missing, not
 * evaluated.
 */
import { ruleSetDigest, rulesInForce } from '../../warnings/rule-book.ts';
import { workFile } from '../../core/home.ts';
import { literal, parquet, textRows } from '../../store/sql.ts';
import { countGaps, evaluateRules } from '../../warnings/evaluate.ts';
import { lookAhead, splitRules } from '../../warnings/watch.ts';
import { findMissing } from '../../warnings/missing.ts';
import type { RunContext } from '../context.ts';
import { coverage, type Sources } from '../../warnings/sources.ts';
import { runStep } from './step.ts';
import { monthVariables } from '../../warnings/month-variables.ts';
import { fingerprint, type LastRecord } from '../../store/step-record.ts';

interface Narrowed {
  readonly rule: string;
  readonly missing: string;
}

type Detail = Narrowed | { readonly rule_set: string };

/** Rules decided on incomplete input, from the step's record. */
export function narrowedOf({ detail }: LastRecord): Narrowed[] {
  return (detail as Detail[]).flatMap((one) => ('rule_set' in one ? [] : [one]));
}

/** Digest of the rules and figures the step used; null: not recorded at the time. */
export function ruleSetOf({ detail }: LastRecord): string | null {
  const found = (detail as Detail[]).find((one) => 'rule_set' in one);
  return found !== undefined && 'rule_set' in found ? found.rule_set : null;
}

/** @returns the digest of the month's warnings, on which the leads build */
export async function warn(
  context: Pick<RunContext, 'month' | 'store' | 'divisions' | 'rules' | 'progress' | 'steps'>,
  sources: Sources,
  before: string,
): Promise<{ changed: boolean; record: LastRecord }> {
  const { store, month, rules: book, divisions } = context;
  const rules = rulesInForce(book);
  const { notEvaluated, narrowed } = findMissing(
    { book, divisions, month, covers: coverage(sources) },
    rules,
  );
  const print = fingerprint([before, rules, book.parameters.tiers, notEvaluated]);
  return runStep(context, 'warn', print, async () => {
    const file = (name: string): string => parquet(workFile(store.home, month, name));
    await store.sql.run(monthVariables(month));
    const evaluation = {
      sql: store.sql,
      month,
      rules,
      fields: book.vocabulary.fields,
      parameters: book.parameters,
      divisions,
      notEvaluated,
      persons: file('person'),
      homes: file('household'),
      roster: file('roster'),
    };
    await evaluateRules(evaluation);
    const { warning: deciding, watching } = splitRules(rules);
    await lookAhead(evaluation, watching);
    const gaps = await countGaps(evaluation);
    const warning = await store.decide(
      `SELECT ${literal(month)} AS month, * FROM found ORDER BY rule, county, household_id, person_id`,
    );
    const watch_item = await store.decide(
      `SELECT ${literal(month)} AS month, * FROM watched ORDER BY rule, county, due, household_id, person_id, what`,
    );
    await store.sql.run(
      'CREATE OR REPLACE TEMP TABLE open_question (rule VARCHAR, county VARCHAR, missing VARCHAR)',
    );
    const open = notEvaluated.map(({ rule, county, missing }) => [rule, county, missing]);
    await store.sql.run(
      `INSERT INTO open_question SELECT cells[1], cells[2], cells[3] FROM ${textRows(open)}`,
    );
    const not_evaluated = await store.decide(
      `SELECT ${literal(month)} AS month, * FROM open_question ORDER BY rule, county, missing`,
    );
    const counted = await store.sql.rows<{ rule: string; n: number }>(
      'SELECT rule, count(*)::INTEGER AS n FROM found GROUP BY rule',
    );
    const found = new Map(counted.map(({ rule, n }) => [rule, n]));
    const perRule = Object.fromEntries(deciding.map(({ id }) => [id, found.get(id) ?? 0]));
    const ahead = await store.sql.rows<{ rule: string; n: number }>(
      'SELECT rule, count(*)::INTEGER AS n FROM watched GROUP BY rule ORDER BY rule',
    );
    const rows = counted.reduce((sum, { n }) => sum + n, 0);
    const gapCounts = Object.fromEntries(
      Object.entries(gaps).map(([rule, n]) => [`gap ${rule}`, n]),
    );
    return {
      rows,
      counts: {
        ...perRule,
        ...gapCounts,
        ...Object.fromEntries(ahead.map(({ rule, n }) => [`watch ${rule}`, n])),
      },
      files: { warning, not_evaluated, watch_item },
      detail: [{ rule_set: ruleSetDigest(rules, book) }, ...narrowed],
    };
  });
}
