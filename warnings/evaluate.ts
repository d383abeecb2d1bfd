/**
 * Evaluates all rules over the month's profile, set-based: one pass over the persons and one over the homes (two when
 * rules refer to other rules), regardless of the number of rules.
 */
import type { Divisions } from '../core/region.ts';
import { lastDay, type Month } from '../core/month.ts';
import { identifier, literal, textRows, type Sql } from '../store/sql.ts';
import { mentionsOf, mentionsOfRule, walkTests } from './check.ts';
import {
  compileCondition,
  compileEvidence,
  narrowDecimal,
  PARAMETER_SQL,
  type CompileOptions,
} from './compile.ts';
import type { Missing } from './missing.ts';
import type { Fields } from './fields.ts';
import {
  caseName,
  casesOf,
  lookUp,
  type ParameterBook,
  type ParameterDefinition,
} from './parameters.ts';
import type { Judged, Rule } from './schema.ts';

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
  /** Day on which figures are looked up; defaults to the month's last. */
  readonly day?: string;
}

/** Names of the parameters used by rules: others stay out of SQL. */
export function namedIn(rules: readonly Judged[]): Set<string> {
  return new Set(
    rules.flatMap((rule) => [
      ...mentionsOfRule(rule).parameters.map(({ name }) => name),
      ...(rule.unclear_when === undefined
        ? []
        : mentionsOf(rule.unclear_when).parameters.map(({ name }) => name)),
    ]),
  );
}

/** The type of a figure's column. */
function columnType({ name, type }: ParameterDefinition, { tiers }: ParameterBook): string {
  if (type !== 'number') return PARAMETER_SQL[type];
  return narrowDecimal(tiers.flat().flatMap((p) => (p.name === name ? [Number(p.value)] : [])));
}

/** The inputs for evaluating rules on any subject. */
export type EvaluationSetting = Omit<Evaluation, 'persons' | 'homes' | 'roster'>;

/**
 * Creates a table with one row per county and one for the province, holding every case of the named parameters in force
 * on the day, and a table of the rules switched off, by county.
 */
export async function createCountyTables(
  {
    sql,
    month,
    parameters,
    divisions,
    notEvaluated,
    day = lastDay(month),
  }: Omit<EvaluationSetting, 'rules'>,
  named: ReadonlySet<string>,
): Promise<void> {
  const used = [...parameters.definitions.values()].filter(({ name }) => named.has(name));
  const columns = used.flatMap((definition) =>
    casesOf(definition).map((cases) => ({
      definition,
      cases,
      name: caseName(definition.name, cases),
    })),
  );
  const rows = [...divisions.counties, divisions.province].map(({ code }) => {
    const values = columns.map(({ definition, cases }) => {
      const found = lookUp(parameters, divisions, definition, code, day, cases);
      if (found === null) return 'NULL';
      return typeof found.value === 'string' ? literal(found.value) : String(found.value);
    });
    return `(${[literal(code), ...values].join(', ')})`;
  });
  const schema = [
    'county VARCHAR',
    ...columns.map(
      ({ name, definition }) => `${identifier(name)} ${columnType(definition, parameters)}`,
    ),
  ];
  await sql.run(`CREATE OR REPLACE TEMP TABLE county_parameter (${schema.join(', ')});
    INSERT INTO county_parameter VALUES ${rows.join(', ')};
    CREATE OR REPLACE TEMP TABLE switched_off (rule VARCHAR, county VARCHAR)`);
  const off = notEvaluated.map(({ rule, county }) => [rule, county]);
  await sql.run(
    `INSERT INTO switched_off SELECT DISTINCT cells[1], cells[2] FROM ${textRows(off)}`,
  );
}

/**
 * The severity figure: the first numeric field the rule compares, signed so that more is worse.
 * Sleeping leads are woken when it has clearly grown.
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

/** A row joined with its county's figures; for a person, those of the home's county. */
export function withFigures(source: string, subject: Rule['subject']): string {
  return `${source} p JOIN county_parameter c ON c.county = ${subject === 'person' ? 'p.parameter_county' : 'p.county'}`;
}

/** SQL for a value per rule from a map; NULL for rules not in it. */
export function byRule<T extends Judged>(rules: readonly T[], value: (rule: T) => string): string {
  return `CASE p.rule ${rules.map((rule) => `WHEN ${literal(rule.id)} THEN ${value(rule)}`).join(' ')} END`;
}

/**
 * One row per subject and matching rule: the profile row and `rule`. The filter drops the many rows without a match
 * before anything else is computed, so that a rule costs little more than its first comparison.
 * @param conditions by rule, over profile row `p` and figures `c`
 */
export function rowPerRule(
  source: string,
  subject: Rule['subject'],
  rules: readonly Judged[],
  conditions: readonly string[],
): string {
  const met = rules.map(
    ({ id }, index) => `CASE WHEN ${conditions[index] ?? ''} THEN ${literal(id)} END`,
  );
  return `(SELECT p.*, unnest(list_filter([${met.join(', ')}], lambda id: id IS NOT NULL)) AS rule
    FROM ${withFigures(source, subject)} WHERE ${conditions.join(' OR ')})`;
}

/** The warnings of all rules on one subject in one statement; evidence is computed only for matching rows. */
function insertHits(
  source: string,
  subject: Rule['subject'],
  rules: readonly Rule[],
  options: CompileOptions,
): string {
  const conditions = rules.map((rule) => compileCondition(rule.when, options));
  const shown = `p.county, p.township, ${byRule(rules, (rule) => measureOf(rule, options.fields))} AS measure,
    ${byRule(rules, (rule) => compileEvidence(mentionsOf(rule.when), options))} AS evidence`;
  const from = `FROM ${withFigures(rowPerRule(source, subject, rules, conditions), subject)}
    ANTI JOIN switched_off o ON o.rule = p.rule AND o.county = p.county`;
  const said = `${byRule(rules, ({ direction }) => literal(direction))} AS direction, ${byRule(rules, ({ priority }) => String(priority))} AS priority`;
  if (subject === 'household')
    return `INSERT INTO found SELECT p.rule, 'household', ${said}, NULL, p.household_id, ${shown} ${from}`;
  // A person in two homes gives one warning, with civil affairs' home.
  return `INSERT INTO found SELECT * EXCLUDE (elsewhere, lives_in) FROM (
      SELECT p.rule, 'person', ${said}, p.person_id, p.main_household_id, ${shown},
        p.household_id IS DISTINCT FROM p.main_household_id AS elsewhere, p.household_id AS lives_in ${from}
    ) QUALIFY row_number() OVER (PARTITION BY rule, person_id ORDER BY elsewhere, lives_in) = 1`;
}

/**
 * Creates the temporary table `home_holding`: which rules hold for a home or one of its members.
 * @param hits relation of hits with rule, person_id and household_id
 */
export async function createHolding(sql: Sql, hits: string, roster: string): Promise<void> {
  await sql.run(`CREATE OR REPLACE TEMP TABLE home_holding AS
    SELECT household_id AS holding_home, list_sort(list(DISTINCT rule)) AS holding FROM (
      SELECT r.household_id, f.rule FROM ${hits} f JOIN ${roster} r ON r.person_id = f.person_id WHERE r.household_id IS NOT NULL
      UNION ALL SELECT household_id, rule FROM ${hits} WHERE person_id IS NULL
    ) GROUP BY household_id`);
}

/** Creates the temporary table `found` with the month's warnings; watch rules give none. */
export async function evaluateRules(evaluation: Evaluation): Promise<void> {
  const { sql, fields, parameters, persons, homes, roster } = evaluation;
  await createCountyTables(evaluation, namedIn(evaluation.rules));
  const rules = evaluation.rules.filter(({ watch }) => watch === undefined);
  await sql.run(`CREATE OR REPLACE TEMP TABLE found (rule VARCHAR, subject VARCHAR, direction VARCHAR, priority INTEGER, person_id UUID,
    household_id UUID, county VARCHAR, township VARCHAR, measure DECIMAL(18,2), evidence VARCHAR)`);
  const options: CompileOptions = {
    fields,
    definitions: parameters.definitions,
    // Trial rules affect nothing else.
    rules: rules.filter(({ maturity }) => maturity !== 'trial').map(({ id }) => id),
  };
  const later = rules.filter((rule) => mentionsOf(rule.when).holding);
  const plain = rules.filter((rule) => !later.includes(rule));
  const insert = async (
    source: string,
    subject: Rule['subject'],
    these: readonly Rule[],
  ): Promise<void> => {
    if (these.length > 0) await sql.run(insertHits(source, subject, these, options));
  };
  for (const subject of ['person', 'household'] as const)
    await insert(
      subject === 'person' ? persons : homes,
      subject,
      plain.filter((rule) => rule.subject === subject),
    );
  if (later.length === 0) return;
  await createHolding(sql, 'found', roster);
  await insert(
    `(SELECT h.*, g.holding FROM ${homes} h JOIN home_holding g ON g.holding_home = h.household_id)`,
    'household',
    later,
  );
}

/** Subjects for whom a rule that records gaps is undecided, by rule: its result is unknown, or its data are unclear. */
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
    const open = asking.map((rule) => {
      const when = compileCondition(rule.when, options);
      const unclear =
        rule.unclear_when === undefined ? 'false' : compileCondition(rule.unclear_when, options);
      return `(${when} IS NULL OR (NOT ${when} AND coalesce(${unclear}, false)))`;
    });
    for (const { id } of asking) counts[id] = 0;
    const rows = await sql.rows<{ rule: string; n: number }>(
      `SELECT rule, count(DISTINCT ${person ? 'person_id' : 'household_id'})::INTEGER AS n
      FROM ${rowPerRule(person ? persons : homes, subject, asking, open)} p ANTI JOIN switched_off USING (rule, county) GROUP BY rule`,
    );
    for (const { rule, n } of rows) counts[rule] = n;
  }
  return counts;
}
