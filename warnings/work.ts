/**
 * Rules about the offices' work: one pass over the table of each subject, with the conditions compiled as for people.
 * They are evaluated for a day and store nothing in the ledger.
 */
import { WORK_SUBJECTS, type WorkSubject } from '../core/field.ts';
import { mentionsOf } from './check.ts';
import { compileCondition, compileEvidence, type CompileOptions } from './compile.ts';
import {
  byRule,
  createCountyTables,
  namedIn,
  rowPerRule,
  withFigures,
  type EvaluationSetting,
} from './evaluate.ts';
import type { WorkRule } from './schema.ts';

export interface WorkEvaluation extends EvaluationSetting {
  readonly rules: readonly WorkRule[];
  /**
   * Relation of each subject: `subject_id` (never a person's), `county` (the province's code for province-wide items),
   * `since` (the day since which the item has been pending), and the subject's fields.
   */
  readonly tables: Readonly<Record<WorkSubject, string>>;
}

/** Creates the temporary table `work_found` with the rules' hits. */
export async function evaluateWork(evaluation: WorkEvaluation): Promise<void> {
  const { sql, fields, parameters, rules, tables } = evaluation;
  await createCountyTables(evaluation, namedIn(rules));
  await sql.run(
    'CREATE OR REPLACE TEMP TABLE work_found (rule VARCHAR, county VARCHAR, subject VARCHAR, since DATE, evidence VARCHAR)',
  );
  const options: CompileOptions = { fields, definitions: parameters.definitions, rules: [] };
  for (const subject of WORK_SUBJECTS) {
    const own = rules.filter((rule) => rule.subject === subject);
    if (own.length === 0) continue;
    const conditions = own.map(({ when }) => compileCondition(when, options));
    const found = rowPerRule(tables[subject], subject, own, conditions);
    await sql.run(`INSERT INTO work_found SELECT p.rule, p.county, p.subject_id, p.since,
        ${byRule(own, ({ when }) => compileEvidence(mentionsOf(when), options))}
      FROM ${withFigures(found, subject)} ANTI JOIN switched_off o ON o.rule = p.rule AND o.county = p.county`);
  }
}
