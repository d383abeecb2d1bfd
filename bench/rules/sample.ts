/** A sample of the profile's persons and homes as objects in memory, and the other engines' results on it. */
import { MonitorError } from '../../core/errors.ts';
import { lastDay } from '../../core/month.ts';
import { identifier, type Sql } from '../../store/sql.ts';
import { mentionsOf } from '../../warnings/check.ts';
import type { Evaluation } from '../../warnings/evaluate.ts';
import { fieldsOf } from '../../warnings/fields.ts';
import type { Situation } from '../../warnings/interpret.ts';
import { lookUpCase } from '../../warnings/parameters.ts';
import type { Literal } from '../../warnings/schema.ts';
import type { Decide } from './engines.ts';
import { FactList, translateRule, type TranslatedFacts, type Translated } from './translate.ts';

interface Group {
  readonly rules: readonly Translated[];
  readonly ids: readonly string[];
  readonly objects: readonly TranslatedFacts[];
}

export interface RuleSample {
  readonly persons: Group;
  readonly homes: Group;
  /** Persons in it; a person in two homes is two objects. */
  readonly size: number;
  /** Excludes rules that depend on other rules' hits: they are not a condition on one object. */
  readonly left: readonly string[];
  /** `rule id` of every hit of the engine in the sample, ordered. */
  readonly expected: readonly string[];
}

type Row = Record<string, Literal | null>;

/** What `interpret.ts` needs of a row; figures are looked up once per county. */
function situations(evaluation: Evaluation): (row: Row, county: string) => Situation {
  const { month, fields, parameters, divisions } = evaluation;
  const figures = new Map<string, Literal | null>();
  const figure = (name: string, county: string): Literal | null => {
    const key = `${county} ${name}`;
    const known = figures.get(key);
    if (known !== undefined) return known;
    const found = lookUpCase(parameters, divisions, name, county, lastDay(month));
    figures.set(key, found?.value ?? null);
    return found?.value ?? null;
  };
  return (row, county) => ({
    month,
    field: (name) => row[name] ?? null,
    parameter: (name) => figure(name, county),
    fields,
    definitions: parameters.definitions,
    holding: new Set(),
  });
}

async function group(
  evaluation: Evaluation,
  subject: 'person' | 'household',
  count: number,
): Promise<Group> {
  const { sql, fields } = evaluation;
  const facts = new FactList(fields);
  const rules = evaluation.rules
    .filter((rule) => rule.subject === subject && !mentionsOf(rule.when).holding)
    .map((rule) => translateRule(rule, facts));
  const [id, source, county] =
    subject === 'person'
      ? ['person_id', evaluation.persons, 'parameter_county']
      : ['household_id', evaluation.homes, 'county'];
  const columns = fieldsOf(fields, subject).map(({ name }) => identifier(name));
  const rows = await sql.rows<Row>(`SELECT ${[id, county, ...columns].join(', ')} FROM ${source}
    WHERE ${id} IN (SELECT DISTINCT ${id} FROM ${source} ORDER BY ${id} LIMIT ${count})`);
  const situation = situations(evaluation);
  return {
    rules,
    ids: rows.map((row) => String(row[id])),
    objects: rows.map((row) => facts.of(situation(row, String(row[county])))),
  };
}

async function hitsOf(sql: Sql, { ids, rules }: Group, column: string): Promise<string[]> {
  const wanted = new Set(ids);
  const known = new Set(rules.map(({ id }) => id));
  const other = column === 'person_id' ? '' : 'AND person_id IS NULL';
  const rows = await sql.rows<{ rule: string; id: string }>(
    `SELECT rule, ${column} AS id FROM found WHERE ${column} IS NOT NULL ${other}`,
  );
  return rows
    .filter(({ rule, id }) => wanted.has(id) && known.has(rule))
    .map(({ rule, id }) => `${rule} ${id}`);
}

/**
 * @param size persons to take; the same share of homes
 * The engine's result must be in the table `found`.
 */
export async function takeSample(evaluation: Evaluation, size: number): Promise<RuleSample> {
  const { sql, rules } = evaluation;
  const [all] = await sql.rows<{ persons: number; homes: number }>(
    `SELECT (SELECT count(DISTINCT person_id)::INTEGER FROM ${evaluation.persons}) AS persons,
      (SELECT count(*)::INTEGER FROM ${evaluation.homes}) AS homes`,
  );
  const { persons: every = 1, homes: everyHome = 0 } = all ?? {};
  const taken = Math.min(size, every);
  const persons = await group(evaluation, 'person', taken);
  const homes = await group(evaluation, 'household', Math.round((everyHome * taken) / every));
  const expected = [
    ...(await hitsOf(sql, persons, 'person_id')),
    ...(await hitsOf(sql, homes, 'household_id')),
  ].sort();
  const left = rules.filter(({ when }) => mentionsOf(when).holding).map(({ id }) => id);
  return { persons, homes, size: taken, left, expected };
}

/** A prepared function that evaluates the whole sample. */
export function decideSample(
  sample: RuleSample,
  engine: (rules: readonly Translated[]) => Decide,
): () => Promise<string[][]> {
  const [ofPersons, ofHomes] = [engine(sample.persons.rules), engine(sample.homes.rules)];
  return async () => [
    ...(await ofPersons(sample.persons.objects)),
    ...(await ofHomes(sample.homes.objects)),
  ];
}

/** @throws MonitorError `bench` naming rules and counts when an engine's hits differ from ours */
export function checkSample(sample: RuleSample, name: string, decided: readonly string[][]): void {
  const ids = [...sample.persons.ids, ...sample.homes.ids];
  const found = new Set(
    decided.flatMap((rules, index) => rules.map((rule) => `${rule} ${ids[index] ?? ''}`)),
  );
  const expected = new Set(sample.expected);
  const wrong = [...found].filter((hit) => !expected.has(hit));
  const lacking = [...expected].filter((hit) => !found.has(hit));
  if (wrong.length + lacking.length === 0) return;
  const rules = [...new Set([...wrong, ...lacking].map((hit) => hit.split(' ')[0] ?? ''))].sort();
  throw new MonitorError(
    'bench',
    `${name} finds ${wrong.length} more and ${lacking.length} fewer than doudi: ${rules.join(', ')}`,
  );
}
