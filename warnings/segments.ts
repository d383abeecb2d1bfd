/**
 * Segments over the month's homes with the ledger of reasons for each: one pass over the homes and one over the
 * persons, regardless of the number of segments and reasons. Nothing here decides about anybody: a reason shown by the
 * figures is a question for the visit.
 */
import { identifier, literal, textList } from '../store/sql.ts';
import { compileCondition, compileValue, type CompileOptions } from './compile.ts';
import {
  byRule,
  createCountyTables,
  createHolding,
  namedIn,
  rowPerRule,
  withFigures,
  type Evaluation,
} from './evaluate.ts';
import type { FigureName } from './figure-names.ts';
import type { Covers } from './missing.ts';
import type { ValueExpression } from './schema.ts';
import type { UncoveredReason, Segment } from './segment-schema.ts';

export interface Segmentation extends Evaluation {
  readonly segments: readonly Segment[];
  readonly reasons: readonly UncoveredReason[];
  /** The month's hits, for `holding`: relation with rule, person_id and household_id. */
  readonly hits: string;
  readonly covers: Covers;
}

/** Kinds of findings that the ledger lists as assets, and their fields. */
export const ASSETS = {
  fiscal_payroll: 'household.fiscal_payroll',
  pension: 'household.pension',
  business: 'household.business',
  real_estate: 'household.real_estate',
  movable: 'household.assets',
} as const;

const DISABLED = 'disability.certificate';
const ILL = 'medical.major_illness';

const STANDARD: ValueExpression = { parameter: 'dibao-standard' };
const ADULT: ValueExpression = { parameter: 'adult-age' };
const ELDERLY: ValueExpression = { parameter: 'elderly-age' };
const FIGURES: readonly FigureName[] = ['dibao-standard', 'adult-age', 'elderly-age'];

/** SQL list of the texts whose condition holds, in order. */
function listed(parts: readonly (readonly [text: string, condition: string])[]): string {
  const cases = parts.map(
    ([text, condition]) => `CASE WHEN ${condition} THEN ${literal(text)} END`,
  );
  return `list_filter([${cases.join(', ')}]::VARCHAR[], lambda text: text IS NOT NULL)`;
}

/** Condition: not in one of the counties; true for an empty list. */
function outside(counties: readonly string[]): string {
  return counties.length === 0 ? 'true' : `NOT list_contains(${textList(counties)}, p.county)`;
}

/** Counties missing an extract that the field reads, where 'no' would be a guess. */
function blindTo(field: string, { fields, divisions, month, covers }: Segmentation): string[] {
  const reads = fields.get(field)?.reads ?? [];
  return divisions.counties
    .map(({ code }) => code)
    .filter((county) => !reads.every((source) => covers(source, month, county)));
}

/** The reasons that the figures show for an uncovered home, without those undecided in its county. */
function apparentReasons({ reasons, notEvaluated }: Segmentation, options: CompileOptions): string {
  return listed(
    reasons.map(({ id, of, when }) => {
      const off = notEvaluated.flatMap(({ rule, county }) => (rule === id ? [county] : []));
      return [
        id,
        `p.rule IN (${of.map(literal).join(', ')}) AND ${outside(off)} AND ${compileCondition(when, options)}`,
      ];
    }),
  );
}

/** Creates the temporary table `in_segment`: homes, once for each segment they are in. */
async function findMembers(segmentation: Segmentation, options: CompileOptions): Promise<void> {
  const { sql, segments, homes } = segmentation;
  const source = `(SELECT h.*, g.holding FROM ${homes} h LEFT JOIN home_holding g ON g.holding_home = h.household_id)`;
  const met = segments.map(({ when }) => compileCondition(when, options));
  const covered = byRule(segments, (segment) =>
    segment.covered === undefined ? 'false' : compileCondition(segment.covered, options),
  );
  const found = listed(
    Object.entries(ASSETS).map(([kind, field]) => [kind, `p.${identifier(field)}`]),
  );
  const assets = `CASE WHEN ${outside(blindTo(ASSETS.pension, segmentation))} THEN ${found} END`;
  await sql.run(`CREATE OR REPLACE TEMP TABLE in_segment AS
    SELECT p.rule AS segment, p.household_id, p.county, p.township, coalesce(${covered}, false) AS covered,
      p."household.income" AS income, ${compileValue(STANDARD, options)} AS standard, ${assets} AS assets,
      list_filter(string_split(p."household.programmes", ';'), lambda name: name <> '') AS programmes,
      ${apparentReasons(segmentation, options)} AS apparent
    FROM ${withFigures(rowPerRule(source, 'household', segments, met), 'household')}
    ANTI JOIN switched_off o ON o.rule = p.rule AND o.county = p.county`);
}

/** Members of the homes grouped by kind: relation with one row per home. */
function composition({ persons }: Segmentation, options: CompileOptions): string {
  const [adult, elderly] = [ADULT, ELDERLY].map((age) => compileValue(age, options));
  const count = (condition: string): string => `(count(*) FILTER (${condition}))::INTEGER`;
  return `(SELECT p.household_id, count(*)::INTEGER AS members,
      ${count(`p."person.age" < ${adult}`)} AS children,
      ${count(`p."person.age" >= ${adult} AND p."person.age" < ${elderly}`)} AS adults,
      ${count(`p."person.age" >= ${elderly}`)} AS elderly,
      ${count('p."person.age" IS NULL')} AS age_unknown,
      ${count(`p.${identifier(DISABLED)}`)} AS disabled, ${count(`p.${identifier(ILL)}`)} AS ill
    FROM ${withFigures(persons, 'person')}
    WHERE p.household_id IN (SELECT household_id FROM in_segment) GROUP BY p.household_id)`;
}

/**
 * Creates the temporary table `segmented`: one row for each segment a home is in, with the columns of the ledger's
 * `segment_member` except the month.
 */
export async function evaluateSegments(segmentation: Segmentation): Promise<void> {
  const { sql, segments, reasons, fields, parameters, rules, hits, roster } = segmentation;
  await createCountyTables(
    segmentation,
    new Set([...namedIn([...segments, ...reasons]), ...FIGURES]),
  );
  await createHolding(sql, hits, roster);
  const options: CompileOptions = {
    fields,
    definitions: parameters.definitions,
    // Trial rules affect nothing else.
    rules: rules.filter(({ maturity }) => maturity !== 'trial').map(({ id }) => id),
  };
  await findMembers(segmentation, options);
  const known = (field: string, column: string): string =>
    `CASE WHEN ${outside(blindTo(field, segmentation))} THEN c.${column} END AS ${column}`;
  await sql.run(`CREATE OR REPLACE TEMP TABLE segmented AS
    SELECT p.segment, p.household_id, p.county, p.township, p.covered, c.members, c.children, c.adults, c.elderly, c.age_unknown,
      ${known(DISABLED, 'disabled')}, ${known(ILL, 'ill')}, p.income, p.standard, p.assets, p.programmes,
      CASE WHEN p.covered THEN []::VARCHAR[] ELSE p.apparent END AS apparent
    FROM in_segment p JOIN ${composition(segmentation, options)} c ON c.household_id = p.household_id`);
  await sql.run('DROP TABLE in_segment; DROP TABLE home_holding');
}
