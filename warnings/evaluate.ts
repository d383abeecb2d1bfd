/**
 * Evaluates all rules over the month's profile, set-based: one pass over the persons, one over the homes (two when
 * rules speak of other rules), however many rules there are.
 */
import type { Divisions } from '../core/region.ts';
import { lastDay, type Month } from '../core/month.ts';
import { identifier, literal, type Sql } from '../core/store/sql.ts';
import { mentionsOf, mentionsOfRule, walkTests } from './check.ts';
import {
  compileCondition,
  compileEvidence,
  PARAMETER_SQL,
  type CompileOptions,
} from './compile.ts';
import type { Missing } from './missing.ts';
import type { Fields } from './fields.ts';
import { caseName, casesOf, lookUp, type ParameterBook } from './parameters.ts';
import type { Rule } from './schema.ts';

export interface Evaluation {
  readonly sql: Sql;
  readonly month: Month;
  /** All rules in force. */
  readonly rules: readonly Rule[];
  readonly fields: Fields;
  readonly parameters: ParameterBook;
  readonly divisions: Divisions;
  readonly notEvaluated: readonly Missing[];
  /** Relations with the columns of the catalogue. */
  readonly persons: string;
  readonly homes: string;
  readonly roster: string;
  /** Day on which figures are looked up; the last of the month otherwise. */
  readonly day?: string;
}

/** Column of `county_parameter` that says where a rule is not evaluated. */
export const offColumn = (rule: Rule): string => identifier(`off|${rule.id}`);
const holds = (rule: Rule): string => identifier(`holds|${rule.id}`);

/** Names of the parameters that rules speak of: the others stay out of SQL. */
function namedIn(rules: readonly Rule[]): Set<string> {
  return new Set(
    rules.flatMap((rule) => [
      ...mentionsOfRule(rule).parameters.map(({ name }) => name),
      ...(rule.unclear_when === undefined
        ? []
        : mentionsOf(rule.unclear_when).parameters.map(({ name }) => name)),
    ]),
  );
}

/** One row per county: every case of the rules' parameters in force on the day, and the rules switched off there. */
export async function createCountyTable({
  sql,
  month,
  rules,
  parameters,
  divisions,
  notEvaluated,
  day = lastDay(month),
}: Omit<Evaluation, 'fields' | 'persons' | 'homes' | 'roster'>): Promise<void> {
  const named = namedIn(rules);
  const used = [...parameters.definitions.values()].filter(({ name }) => named.has(name));
  const columns = used.flatMap((definition) =>
    casesOf(definition).map((cases) => ({
      definition,
      cases,
      name: caseName(definition.name, cases),
    })),
  );
  const blocked = new Set(notEvaluated.map(({ rule, county }) => `${rule} ${county}`));
  const rows = divisions.counties.map(({ code }) => {
    const values = columns.map(({ definition, cases }) => {
      const found = lookUp(parameters, divisions, definition.name, code, day, cases);
      if (found === null) return 'NULL';
      return typeof found.value === 'string' ? literal(found.value) : String(found.value);
    });
    return `(${[literal(code), ...values, ...rules.map((rule) => String(blocked.has(`${rule.id} ${code}`)))].join(', ')})`;
  });
  const schema = [
    'county VARCHAR',
    ...columns.map(
      ({ name, definition }) => `${identifier(name)} ${PARAMETER_SQL[definition.type]}`,
    ),
    ...rules.map((rule) => `${offColumn(rule)} BOOLEAN`),
  ];
  await sql.run(`CREATE OR REPLACE TEMP TABLE county_parameter (${schema.join(', ')});
    INSERT INTO county_parameter VALUES ${rows.join(', ')}`);
}

/**
 * The figure that says how bad it is: the first numeric field the rule compares, signed so that more is worse.
 * Leads that sleep are woken when it has clearly grown.
 */
function measureOf(rule: Rule, fields: Fields): string {
  for (const test of walkTests(rule.when)) {
    const type = test.field === undefined ? undefined : fields.get(test.field)?.type;
    if (
      test.field === undefined ||
      test.field === 'person.age' ||
      (type !== 'money' && type !== 'integer')
    )
      continue;
    const column = `CAST(p.${identifier(test.field)} AS DECIMAL(18,2))`;
    return test.at_most !== undefined || test.less_than !== undefined ? `-${column}` : column;
  }
  return 'NULL';
}

function hitTable(
  name: string,
  source: string,
  rules: readonly Rule[],
  parameterCounty: string,
  options: CompileOptions,
): string {
  const tests = rules.map(
    (rule) =>
      `coalesce(${compileCondition(rule.when, options)}, false) AND NOT o.${offColumn(rule)} AS ${holds(rule)}`,
  );
  return `CREATE OR REPLACE TEMP TABLE ${name} AS
    SELECT * FROM (
      SELECT p.*, ${tests.join(', ')} FROM ${source} p
      JOIN county_parameter c ON c.county = ${parameterCounty}
      JOIN county_parameter o ON o.county = p.county
    ) WHERE ${rules.map(holds).join(' OR ')}`;
}

function insertHits(table: string, rule: Rule, options: CompileOptions): string {
  const person = rule.subject === 'person';
  const evidence = compileEvidence(mentionsOf(rule.when), options);
  const home = person ? 'p.main_household_id' : 'p.household_id';
  // A person of two homes gives one warning; the home it carries is civil affairs' one.
  const once = person
    ? 'QUALIFY row_number() OVER (PARTITION BY p.person_id ORDER BY (p.household_id IS DISTINCT FROM p.main_household_id), p.household_id) = 1'
    : '';
  return `INSERT INTO found
    SELECT ${literal(rule.id)}, ${literal(rule.subject)}, ${literal(rule.direction)}, ${rule.priority},
      ${person ? 'p.person_id' : 'NULL'}, ${home}, p.county, p.township, ${measureOf(rule, options.fields)}, ${evidence}
    FROM ${table} p JOIN county_parameter c ON c.county = ${person ? 'p.parameter_county' : 'p.county'}
    WHERE p.${holds(rule)} ${once}`;
}

async function run(
  { sql }: Evaluation,
  table: string,
  source: string,
  rules: readonly Rule[],
  options: CompileOptions,
): Promise<void> {
  const [first] = rules;
  if (first === undefined) return;
  await sql.run(
    hitTable(
      table,
      source,
      rules,
      first.subject === 'person' ? 'p.parameter_county' : 'p.county',
      options,
    ),
  );
  for (const rule of rules) await sql.run(insertHits(table, rule, options));
  await sql.run(`DROP TABLE ${table}`);
}

/** Leaves the month's warnings in the temporary table `found`; rules that look ahead give none. */
export async function evaluateRules(evaluation: Evaluation): Promise<void> {
  const { sql, fields, parameters, persons, homes, roster } = evaluation;
  await createCountyTable(evaluation);
  const rules = evaluation.rules.filter(({ watch }) => watch === undefined);
  await sql.run(`CREATE OR REPLACE TEMP TABLE found (rule VARCHAR, subject VARCHAR, direction VARCHAR, priority INTEGER, person_id UUID,
    household_id UUID, county VARCHAR, township VARCHAR, measure DECIMAL(18,2), evidence VARCHAR)`);
  const options: CompileOptions = {
    fields,
    definitions: parameters.definitions,
    // What is on trial moves nothing else.
    rules: rules.filter(({ maturity }) => maturity !== 'trial').map(({ id }) => id),
  };
  const later = rules.filter((rule) => mentionsOf(rule.when).holding);
  const plain = rules.filter((rule) => !later.includes(rule));
  await run(
    evaluation,
    'hit',
    persons,
    plain.filter(({ subject }) => subject === 'person'),
    options,
  );
  await run(
    evaluation,
    'hit',
    homes,
    plain.filter(({ subject }) => subject === 'household'),
    options,
  );
  if (later.length === 0) return;
  await sql.run(`CREATE OR REPLACE TEMP TABLE home_holding AS
    SELECT household_id AS holding_home, list_sort(list(DISTINCT rule)) AS holding FROM (
      SELECT r.household_id, f.rule FROM found f JOIN ${roster} r ON r.person_id = f.person_id WHERE r.household_id IS NOT NULL
      UNION ALL SELECT household_id, rule FROM found WHERE person_id IS NULL
    ) GROUP BY household_id`);
  await run(
    evaluation,
    'hit',
    `(SELECT h.*, g.holding FROM ${homes} h JOIN home_holding g ON g.holding_home = h.household_id)`,
    later,
    options,
  );
}

/** Subjects for whom a rule that records its gaps stays open, by rule: it is unknown, or its data are unclear. */
export async function countGaps({
  sql,
  rules,
  fields,
  parameters,
  persons,
  homes,
}: Evaluation): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const options: CompileOptions = {
    fields,
    definitions: parameters.definitions,
    rules: rules.map(({ id }) => id),
  };
  for (const subject of ['person', 'household'] as const) {
    const asking = rules.filter((rule) => rule.subject === subject && rule.record_gaps);
    if (asking.length === 0) continue;
    const person = subject === 'person';
    const sums = asking.map((rule) => {
      const when = compileCondition(rule.when, options);
      const unclear =
        rule.unclear_when === undefined ? 'false' : compileCondition(rule.unclear_when, options);
      const open = `NOT o.${offColumn(rule)} AND (${when} IS NULL OR (NOT ${when} AND coalesce(${unclear}, false)))`;
      return `count(DISTINCT CASE WHEN ${open} THEN p.${person ? 'person_id' : 'household_id'} END)::INTEGER AS ${identifier(rule.id)}`;
    });
    const [row] = await sql.rows<
      Record<string, number>
    >(`SELECT ${sums.join(', ')} FROM ${person ? persons : homes} p
      JOIN county_parameter c ON c.county = ${person ? 'p.parameter_county' : 'p.county'}
      JOIN county_parameter o ON o.county = p.county`);
    Object.assign(counts, row);
  }
  return counts;
}
