import { addMonths, shiftMonth } from './calendar.ts';
import { parameterCount } from './parameters.ts';
import { standsAt } from './reading.ts';
import type { Rule, Watch } from './rule.ts';
import { DISABILITY } from './rules-dis.ts';
import { EDUCATION } from './rules-edu.ts';
import { EMPLOYED } from './rules-emp.ts';
import { CATALOGUE } from './rules-catalogue.ts';
import { EXIT } from './rules-exit.ts';
import { FAMILY } from './rules-fam.ts';
import { ILLNESS } from './rules-ill.ts';
import { NEED } from './rules-need.ts';
import type {
  NotEvaluated,
  OracleAhead,
  OracleInput,
  OracleResult,
  OracleWarning,
} from './types.ts';
import { WATCHES } from './watches.ts';
import { World } from './world.ts';

export type { OracleInput, OracleResult, OracleWarning, Parameter } from './types.ts';

// FAMILY last: it looks at what the others found.
const RULES: readonly Rule[] = [
  ...ILLNESS,
  ...DISABILITY,
  ...EDUCATION,
  ...EMPLOYED,
  ...NEED,
  ...EXIT,
  ...CATALOGUE,
  ...FAMILY,
];

export const WATCH_NAMES: readonly string[] = WATCHES.map((watch) => watch.rule);

export const RULE_NAMES: readonly string[] = RULES.map((rule) => rule.rule);

/**
 * Section 3 of the contract, row by row and from its text alone.
 *
 * DECISION: where a rule's dataset is missing for a county, the subjects of that county are left
 * out; the subjects of other counties are judged by whatever rows there are. A whole file missing
 * is reported once for each county of `counties`.
 */
export function oracle(input: OracleInput): OracleResult {
  const world = new World(input);
  const persons = world.persons().map((id) => ({ id, county: world.countyOf(id) }));
  const households = world.households().map((id) => ({ id, county: world.countyOfHousehold(id) }));
  const hits = {
    persons: new Map<string, Set<string>>(),
    households: new Map<string, Set<string>>(),
  };
  const warnings: OracleWarning[] = [];
  const ahead: OracleAhead[] = [];
  const notEvaluated: NotEvaluated[] = [];

  const stands = new Map<string, boolean>();
  const missing = (rule: Rule | Watch, county: string): string[] =>
    rule.needs.flatMap(({ dataset, monthsBack }) => {
      const month = shiftMonth(input.month, -monthsBack);
      const key = `${dataset} ${month} ${county}`;
      const known = stands.get(key) ?? standsAt(input.inbox, dataset, month, county);
      stands.set(key, known);
      return known ? [] : [`${dataset} ${month}`];
    });

  const about = (rule: Rule | Watch, id: string, county: string): OracleWarning => ({
    month: input.month,
    rule: rule.rule,
    subject: rule.subject,
    person_id: rule.subject === 'person' ? id : '',
    household_id: rule.subject === 'person' ? (world.householdsOf(id)[0] ?? '') : id,
    county,
  });

  for (const rule of [...RULES, ...WATCHES]) {
    for (const county of input.counties) {
      for (const what of missing(rule, county)) {
        notEvaluated.push({ rule: rule.rule, county, missing: what });
      }
    }
  }

  for (const rule of RULES) {
    const of = rule.subject === 'person' ? hits.persons : hits.households;
    for (const { id, county } of rule.subject === 'person' ? persons : households) {
      if (missing(rule, county).length > 0 || !rule.holds(world, id, hits)) continue;
      of.set(id, (of.get(id) ?? new Set()).add(rule.rule));
      warnings.push(about(rule, id, county));
    }
  }
  for (const watch of WATCHES) {
    for (const { id, county } of watch.subject === 'person' ? persons : households) {
      if (missing(watch, county).length > 0) continue;
      const months = parameterCount(world.lookup('look-ahead-months', county)) ?? 0;
      const until = addMonths(world.end, months);
      for (const due of watch.days(world, id)) {
        if (due > world.end && due <= until) ahead.push({ ...about(watch, id, county), due });
      }
    }
  }
  return { warnings, ahead, notEvaluated };
}
