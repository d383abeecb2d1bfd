/**
 * Back-tests a rule over past months, as it stands and with other figures or as another version: which homes would be
 * gained, which lost, and the outcomes of those that were visited.
 */
import { MonitorError } from '../../core/errors.ts';
import { addMonths, type Month } from '../../core/month.ts';
import { COUNTRY, type Divisions } from '../../core/region.ts';
import type { BacktestCounty } from '../../store/records.ts';
import { literal } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { mentionsOfRule } from '../check.ts';
import { type ParameterBook } from '../parameters.ts';
import { rulesInForce, type RuleBook } from '../rule-book.ts';
import type { Rule } from '../schema.ts';
import { evaluateOnce } from './evaluate-once.ts';

export interface Backtest {
  readonly store: Store;
  readonly divisions: Divisions;
  readonly book: RuleBook;
  readonly rule: Rule;
  /** The version to compare with; the rule itself when only figures change. */
  readonly candidate: Rule;
  readonly from: Month;
  readonly to: Month;
  /** Figures to try, by parameter. */
  readonly set: ReadonlyMap<string, number | boolean>;
}

interface Compared {
  /** Homes (or persons without one) found by the rule as it stands, and as tried. */
  readonly before: number;
  readonly after: number;
  readonly gained: number;
  readonly lost: number;
}

export interface MonthCompared extends Compared {
  readonly month: Month;
  readonly counties: readonly BacktestCounty[];
}

/** Outcomes of the leads with the rule: of homes that would be lost, and of homes that stay. */
export interface Outcomes {
  readonly outcome: string;
  readonly lost: number;
  readonly kept: number;
}

export interface BacktestAnswer {
  readonly rule: string;
  readonly months: readonly MonthCompared[];
  /** Over all months, each home once. */
  readonly outcomes: readonly Outcomes[];
}

/**
 * The rule book with some figures replaced for all places and times.
 * @throws MonitorError `usage` for a parameter used by neither rule, or a value of another type
 */
function withFigures(
  { parameters }: RuleBook,
  rules: readonly Rule[],
  set: Backtest['set'],
): ParameterBook {
  const spoken = new Set(
    rules.flatMap((rule) => mentionsOfRule(rule).parameters.map(({ name }) => name)),
  );
  const tried = [...set].map(([name, value]) => {
    const definition = parameters.definitions.get(name);
    if (definition === undefined || !spoken.has(name))
      throw new MonitorError('usage', `the rule has no parameter '${name}'`, {
        fix: `it has ${[...spoken].sort().join(', ') || 'none'}`,
        exitCode: 2,
      });
    if (typeof value !== definition.type)
      throw new MonitorError('usage', `${name} is a ${definition.type} (${definition.unit})`, {
        exitCode: 2,
      });
    const { unit } = definition;
    return {
      name,
      value,
      unit,
      region: COUNTRY,
      from: '0001-01-01',
      to: null,
      doc: '--set',
      clause: '-',
    };
  });
  return { ...parameters, tiers: [tried, ...parameters.tiers] };
}

/** A rule about other rules needs their hits. */
function withCompany(rule: Rule, book: RuleBook): Rule[] {
  if (!mentionsOfRule(rule).holding) return [rule];
  return [...rulesInForce(book).filter(({ id }) => id !== rule.id), rule];
}

/** One row per home of the rule; a person without a home counts as a home. */
function homes(table: string, id: string): string {
  return `(SELECT coalesce(household_id, person_id) AS home, any_value(county) AS county FROM ${table} WHERE rule = ${literal(id)} GROUP BY home)`;
}

async function compareMonth(
  test: Backtest,
  tried: ParameterBook,
  month: Month,
): Promise<MonthCompared> {
  const { store, divisions, book, rule, candidate } = test;
  const once = { store, divisions, month, vocabulary: book.vocabulary };
  await evaluateOnce(
    { ...once, rules: withCompany(rule, book), parameters: book.parameters },
    'backtest_before',
  );
  await evaluateOnce(
    { ...once, rules: withCompany(candidate, book), parameters: tried },
    'backtest_after',
  );
  await store.sql.run(`INSERT INTO backtest_home
    SELECT coalesce(b.home, a.home), b.home IS NULL, a.home IS NULL, ${literal(month)}
    FROM ${homes('backtest_before', rule.id)} b FULL JOIN ${homes('backtest_after', rule.id)} a ON a.home = b.home`);
  const counties = await store.sql.rows<BacktestCounty>(
    `SELECT coalesce(b.county, a.county) AS county, count(b.home)::INTEGER AS before, count(a.home)::INTEGER AS after,
       count(*) FILTER (b.home IS NULL)::INTEGER AS gained, count(*) FILTER (a.home IS NULL)::INTEGER AS lost
     FROM ${homes('backtest_before', rule.id)} b FULL JOIN ${homes('backtest_after', rule.id)} a ON a.home = b.home
     GROUP BY 1 ORDER BY 1`,
  );
  const sum = (key: keyof Compared): number => counties.reduce((n, row) => n + row[key], 0);
  return {
    month,
    before: sum('before'),
    after: sum('after'),
    gained: sum('gained'),
    lost: sum('lost'),
    counties,
  };
}

/**
 * Outcomes of the leads with the rule in these months: of the homes that would be lost in every month, and of those
 * that would stay in some.
 */
async function outcomesOf({ store, rule, from, to }: Backtest): Promise<Outcomes[]> {
  return store.sql.rows<Outcomes>(
    `WITH fate AS (
       SELECT home, bool_and(only_before) AS lost FROM backtest_home WHERE NOT only_after GROUP BY home
     ), closed AS (
       SELECT coalesce(l.household_id, l.person_id) AS home, arg_max(o.outcome, o.seq) AS outcome
       FROM lead_outcome o JOIN lead l ON l.lead_id = o.lead_id
       WHERE EXISTS (SELECT 1 FROM lead_event e WHERE e.lead_id = l.lead_id AND e.rule = ${literal(rule.id)}
         AND e.action = 'attached' AND e.month BETWEEN ${literal(from)} AND ${literal(to)})
       GROUP BY home
     )
     SELECT c.outcome, count(*) FILTER (f.lost)::INTEGER AS lost, count(*) FILTER (NOT f.lost)::INTEGER AS kept
     FROM fate f JOIN closed c ON c.home = f.home GROUP BY c.outcome ORDER BY c.outcome`,
  );
}

/** @throws MonitorError `not-run` for a month without a profile, `usage` for a figure not in the rule */
export async function backtest(test: Backtest): Promise<BacktestAnswer> {
  const { store, rule, candidate, from, to, book } = test;
  const tried = withFigures(book, [rule, candidate], test.set);
  await store.sql.run(
    'CREATE OR REPLACE TEMP TABLE backtest_home (home UUID, only_after BOOLEAN, only_before BOOLEAN, month VARCHAR)',
  );
  const months: MonthCompared[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1))
    months.push(await compareMonth(test, tried, month));
  return { rule: rule.id, months, outcomes: await outcomesOf(test) };
}

/**
 * Saves the counts of a back-test for the dashboards. Repeating the same trial replaces them.
 * @param tried the figures or the version, as text that is unique among the rule's trials
 */
export async function keepBacktest(
  store: Store,
  { id, version }: Rule,
  tried: string,
  { months }: BacktestAnswer,
): Promise<void> {
  await store.commit('rule.backtest', {
    rule: id,
    version,
    tried,
    months: months.map(({ month, counties }) => ({ month, counties })),
  });
}
