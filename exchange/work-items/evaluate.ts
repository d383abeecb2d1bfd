/**
 * What the offices are behind with in a month, on a day: late extracts, villages and lists, and data to correct.
 * Cases belong to no month: they are late on the day, whichever month is asked about. The rules are those of
 * direction `work`; results are not recorded, because they change every day.
 */
import { existsSync } from 'node:fs';
import { reports } from '../../connectors/villages/reports.ts';
import { sourceName, WINDOW_MONTHS } from '../../files/extract/contract.ts';
import { FIELD_SQL, WORK_SUBJECTS, type WorkSubject } from '../../core/field.ts';
import { addMonths, parseMonth } from '../../core/month.ts';
import { standingVersions } from '../../store/lake.ts';
import { identifier } from '../../store/sql.ts';
import { fieldsOf } from '../../warnings/fields.ts';
import { findMissing, type Missing } from '../../warnings/missing.ts';
import { workRulesInForce } from '../../warnings/rule-book.ts';
import { evaluateWork } from '../../warnings/work.ts';
import { coverage } from '../../warnings/sources.ts';
import { monthVariables } from '../../warnings/month-variables.ts';
import { prepare, type WorkQuestion } from './asked.ts';
import { fillCases } from './cases.ts';
import { fillExtracts } from './extracts.ts';
import { fillLists } from './lists.ts';
import { fillRules } from './rules.ts';
import { fillVillages } from './villages.ts';

const REPORTS = sourceName(reports);
/** Assistance extracts of later months show what became of the people on a list. */
const EVER = parseMonth('9999-12');

const tableOf = (subject: WorkSubject): string => `work_${subject}`;

/** An empty table for each subject. */
async function createTables({ store, deployment }: WorkQuestion): Promise<void> {
  for (const subject of WORK_SUBJECTS) {
    const columns = fieldsOf(deployment.rules.vocabulary.fields, subject).map(
      ({ name, type }) => `${identifier(name)} ${FIELD_SQL[type]}`,
    );
    await store.sql.run(
      `CREATE OR REPLACE TEMP TABLE ${tableOf(subject)} (subject_id VARCHAR, county VARCHAR, since DATE, ${columns.join(', ')})`,
    );
  }
}

/**
 * Puts the items into the temporary table `work_found` of `rule, county, subject, since, evidence`.
 * @returns undecidable rules by county; province-wide ones under the province's code
 */
export async function findWork(asked: WorkQuestion): Promise<Missing[]> {
  const { store, deployment, month } = asked;
  const { rules: book, divisions } = deployment;
  // A lost file is skipped; `doudi verify` reports it.
  const standing = (await standingVersions(store, EVER)).filter(({ path }) => existsSync(path));
  await createTables(asked);
  await prepare(asked, addMonths(month, 1 - WINDOW_MONTHS));
  await fillExtracts(asked);
  await fillVillages(
    asked,
    standing.find((one) => one.source === REPORTS && one.month === month),
  );
  await fillLists(asked, standing);
  await fillCases(asked);
  const ran = await fillRules(asked);
  const rules = workRulesInForce(book);
  const at = (source: string, when: string): (typeof standing)[number] | undefined =>
    standing.find((one) => one.source === source && one.month === when);
  const { notEvaluated } = findMissing({ book, divisions, month, covers: coverage({ at }) }, rules);
  const notRun = rules
    .filter(({ subject }) => !ran && subject === 'rule')
    .map(({ id }) => ({ rule: id, county: divisions.province.code, missing: `run ${month}` }));
  await store.sql.run(monthVariables(month));
  await evaluateWork({
    sql: store.sql,
    month,
    rules,
    fields: book.vocabulary.fields,
    parameters: book.parameters,
    divisions,
    notEvaluated,
    tables: {
      case: tableOf('case'),
      village: tableOf('village'),
      list: tableOf('list'),
      delivery: tableOf('delivery'),
      extract: tableOf('extract'),
      rule: tableOf('rule'),
    },
  });
  return [...notEvaluated, ...notRun];
}
