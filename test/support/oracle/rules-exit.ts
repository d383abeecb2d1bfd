import { addDays, addMonths } from './calendar.ts';
import { parameterCount } from './parameters.ts';
import { householdRule, personRule, type Rule } from './rule.ts';
import { countingFacts, drawsOn, graceEnds, isBasicRow, isDibaoRow, isTekunRow } from './words.ts';
import { ASSISTANCE, FACTS, type World } from './world.ts';

const activeDibao = (at: World, person: string): boolean =>
  at.of(person, ASSISTANCE).some((row) => isDibaoRow(row) && row.is('status', 'active'));

const findingAgainstDibao = (rule: string, ...kinds: readonly string[]): Rule =>
  personRule(
    rule,
    [FACTS, ASSISTANCE],
    (at, person) => activeDibao(at, person) && countingFacts(at, person, ...kinds).length > 0,
  );

export const EXIT: readonly Rule[] = [
  personRule(
    'X-DTH',
    [FACTS, ASSISTANCE],
    (at, person) =>
      countingFacts(at, person, 'death').length > 0 && at.of(person, ASSISTANCE).some(drawsOn),
  ),
  findingAgainstDibao('X-FIN', 'fiscal_payroll'),
  findingAgainstDibao('X-PEN', 'pension'),
  findingAgainstDibao('X-BIZ', 'business'),
  personRule(
    'X-HSE',
    [FACTS, ASSISTANCE],
    (at, person) =>
      activeDibao(at, person) &&
      countingFacts(at, person, 'real_estate').some((row) => row.isFalse('relocation_housing')),
  ),
  findingAgainstDibao('X-AST', 'vehicle', 'deposit', 'housing_fund'),
  personRule('X-DUP', [ASSISTANCE], (at, person) => {
    const rows = at.of(person, ASSISTANCE).filter((row) => drawsOn(row) && isBasicRow(row));
    const kinds = new Set(rows.map((row) => `${row.text('programme')} ${row.text('county')}`));
    return kinds.size > 1;
  }),
  householdRule('X-GRC', [ASSISTANCE], (at, household) =>
    at.ofHousehold(household, ASSISTANCE).some((row) => {
      // DECISION: a grace row of any programme.
      const ends = row.is('status', 'grace') ? graceEnds(at, household, row) : undefined;
      return ends !== undefined && ends <= addDays(at.end, 30);
    }),
  ),
  householdRule('X-REV', [ASSISTANCE], (at, household) => {
    const interval = parameterCount(at.lookup('review-interval', at.countyOfHousehold(household)));
    return at
      .ofHousehold(household, ASSISTANCE)
      .some(
        (row) =>
          row.is('status', 'active') &&
          (isDibaoRow(row) || isTekunRow(row)) &&
          interval !== undefined &&
          row.text('review_date') !== '' &&
          addMonths(row.text('review_date'), interval) < at.end,
      );
  }),
];
