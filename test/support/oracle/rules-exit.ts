import { addDays, addMonths } from './calendar.ts';
import { parameterMonths } from './parameters.ts';
import { householdRule, personRule, type Rule } from './rule.ts';
import type { Row } from './row.ts';
import { drawsOn, isBasicRow, isDibaoRow, isTekunRow } from './words.ts';
import { ASSISTANCE, FACTS, type World } from './world.ts';

const activeDibao = (at: World, person: string): boolean =>
  at.of(person, ASSISTANCE).some((row) => isDibaoRow(row) && row.is('status', 'active'));

const counts = (at: World, row: Row): boolean => {
  const until = row.text('until');
  return row.text('since') <= at.end && (until === '' || until >= at.end);
};

const facts = (at: World, person: string, ...kinds: readonly string[]): Row[] =>
  at.of(person, FACTS).filter((row) => row.is('kind', ...kinds) && counts(at, row));

const findingAgainstDibao = (rule: string, ...kinds: readonly string[]): Rule =>
  personRule(
    rule,
    [FACTS, ASSISTANCE],
    (at, person) => activeDibao(at, person) && facts(at, person, ...kinds).length > 0,
  );

function graceEnds(at: World, household: string, row: Row): string | undefined {
  const [reason, start] = [row.text('grace_reason'), row.text('grace_start')];
  // DECISION: an empty reason is unknown and has no months; it is not `other`.
  if (reason === '' || start === '') return undefined;
  // DECISION: the locality is the household's county, not the row's.
  const county = at.countyOfHousehold(household);
  const facts = { reason, grace_reason: reason };
  const months = parameterMonths(at.lookup('grace-period', county, facts));
  return months === undefined ? undefined : addMonths(start, months);
}

export const EXIT: readonly Rule[] = [
  personRule(
    'X-DTH',
    [FACTS, ASSISTANCE],
    (at, person) =>
      facts(at, person, 'death').length > 0 && at.of(person, ASSISTANCE).some(drawsOn),
  ),
  findingAgainstDibao('X-FIN', 'fiscal_payroll'),
  findingAgainstDibao('X-PEN', 'pension'),
  findingAgainstDibao('X-BIZ', 'business'),
  personRule(
    'X-HSE',
    [FACTS, ASSISTANCE],
    (at, person) =>
      activeDibao(at, person) &&
      facts(at, person, 'real_estate').some((row) => row.isFalse('relocation_housing')),
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
    const interval = parameterMonths(at.lookup('review-interval', at.countyOfHousehold(household)));
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
