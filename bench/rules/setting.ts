/**
 * Everything the contenders share: a synthetic month's profile in Parquet, the rules in force and the trial figures.
 */
import { parseMonth } from '../../core/month.ts';
import { divisionsOf } from '../../core/region.ts';
import type { Sql } from '../../store/sql.ts';
import { openRuleBook } from '../../pipelines/deployment.ts';
import { monthVariables } from '../../warnings/month-variables.ts';
import type { Evaluation } from '../../warnings/evaluate.ts';
import { findMissing } from '../../warnings/missing.ts';
import { rulesInForce } from '../../warnings/rule-book.ts';
import { splitRules } from '../../warnings/watch.ts';
import { BY_HAND, openByHand } from './by-hand.ts';
import { FIGURES } from './figures.ts';
import { makeProfile } from './profile.ts';

const MONTH = parseMonth('2025-10');

export interface Setting {
  /** As the step `warn` makes it, for the rules implemented in rules.sql. */
  readonly evaluation: Evaluation;
  /** Rules in force that rules.sql lacks: not measured. */
  readonly unknown: readonly string[];
}

/** @param folder where the profile goes */
export async function makeSetting(
  sql: Sql,
  folder: string,
  persons: number,
  seed: number,
): Promise<Setting> {
  const divisions = divisionsOf('520000');
  const book = await openRuleBook({ parameters: FIGURES, trial: [] });
  const inForce = splitRules(rulesInForce(book)).warning;
  const rules = inForce.filter(({ id }) => BY_HAND.includes(id));
  const { fields } = book.vocabulary;
  // Same settings as the ledger's database.
  await sql.run(`SET preserve_insertion_order = false; ${monthVariables(MONTH)}`);
  const profile = await makeProfile(sql, { persons, seed, divisions, fields, folder });
  await openByHand(sql, profile);
  const { notEvaluated } = findMissing(
    { book, divisions, month: MONTH, covers: () => true },
    rules,
  );
  return {
    evaluation: {
      sql,
      month: MONTH,
      rules,
      fields,
      parameters: book.parameters,
      divisions,
      notEvaluated,
      ...profile,
    },
    unknown: inForce.map(({ id }) => id).filter((id) => !BY_HAND.includes(id)),
  };
}
