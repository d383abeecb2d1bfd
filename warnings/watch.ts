/**
 * Watch rules: dates after the month and within a number of months. One pass over the profile of each subject,
 * regardless of the number of rules and dates.
 */
import { identifier, literal } from '../store/sql.ts';
import { mentionsOfRule } from './check.ts';
import { compileCondition, compileEvidence, compileValue, type CompileOptions } from './compile.ts';
import type { Evaluation } from './evaluate.ts';
import { aboutPeople, type PeopleRule, type Rule } from './schema.ts';

export type Watching = PeopleRule & { readonly watch: NonNullable<Rule['watch']> };
export type Deciding = PeopleRule & {
  readonly direction: Exclude<PeopleRule['direction'], 'watch'>;
};

/** Rules that open leads, and watch rules; rules about the offices' work are neither. */
export function splitRules(rules: readonly Rule[]): { warning: Deciding[]; watching: Watching[] } {
  const people = rules.filter(aboutPeople);
  return {
    warning: people.filter((rule): rule is Deciding => rule.watch === undefined),
    watching: people.filter((rule): rule is Watching => rule.watch !== undefined),
  };
}

const due = (rule: Rule): string => identifier(`due|${rule.id}`);

/** SQL list of `{what, due}` for the dates to report; NULL dates are left out. */
function datesOf(rule: Watching, options: CompileOptions): string {
  const when = `coalesce(${compileCondition(rule.when, options)}, false)`;
  const ahead = compileValue(rule.watch.ahead, options);
  const dates = rule.watch.dates.map(
    ({ on }, what) => `{'what': ${what}, 'due': ${compileValue(on, options)}}`,
  );
  const horizon = `CAST(getvariable('month_end') + to_months(CAST(${ahead} AS INTEGER)) AS DATE)`;
  return `CASE WHEN ${when} THEN list_filter([${dates.join(', ')}],
    d -> d.due > getvariable('month_end') AND d.due <= ${horizon}) ELSE [] END AS ${due(rule)}`;
}

function insertDates(rule: Watching, options: CompileOptions): string {
  const person = rule.subject === 'person';
  const home = person ? 'p.main_household_id' : 'p.household_id';
  const once = person
    ? 'QUALIFY row_number() OVER (PARTITION BY p.person_id, d.what ORDER BY (p.household_id IS DISTINCT FROM p.main_household_id), p.household_id) = 1'
    : '';
  return `INSERT INTO watched
    SELECT ${literal(rule.id)}, ${literal(rule.subject)}, d.what, d.due, ${person ? 'p.person_id' : 'NULL'}, ${home}, p.county, p.township,
      ${compileEvidence(mentionsOfRule(rule), options)}
    FROM (SELECT *, unnest(${due(rule)}) AS d FROM ahead WHERE len(${due(rule)}) > 0) p
    JOIN county_parameter c ON c.county = ${person ? 'p.parameter_county' : 'p.county'}
    ANTI JOIN switched_off o ON o.rule = ${literal(rule.id)} AND o.county = p.county ${once}`;
}

/**
 * Creates the temporary table `watched` with the upcoming dates; needs `county_parameter` and `switched_off` from
 * `evaluateRules`.
 * @param rules rules with `watch`
 */
export async function lookAhead(evaluation: Evaluation, rules: readonly Watching[]): Promise<void> {
  const { sql, fields, parameters, persons, homes } = evaluation;
  await sql.run(`CREATE OR REPLACE TEMP TABLE watched (rule VARCHAR, subject VARCHAR, what INTEGER, due DATE, person_id UUID,
    household_id UUID, county VARCHAR, township VARCHAR, evidence VARCHAR)`);
  const options: CompileOptions = { fields, definitions: parameters.definitions, rules: [] };
  for (const subject of ['person', 'household'] as const) {
    const own = rules.filter((rule) => rule.subject === subject);
    if (own.length === 0) continue;
    const [source, county] =
      subject === 'person' ? [persons, 'p.parameter_county'] : [homes, 'p.county'];
    await sql.run(`CREATE OR REPLACE TEMP TABLE ahead AS SELECT * FROM (
        SELECT p.*, ${own.map((rule) => datesOf(rule, options)).join(', ')} FROM ${source} p
        JOIN county_parameter c ON c.county = ${county}
      ) WHERE ${own.map((rule) => `len(${due(rule)}) > 0`).join(' OR ')}`);
    for (const rule of own) await sql.run(insertDates(rule, options));
    await sql.run('DROP TABLE ahead');
  }
}
