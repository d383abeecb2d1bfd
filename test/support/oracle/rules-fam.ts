import { householdRule, personRule, type Hits, type Rule } from './rule.ts';
import { anyHousehold, basicGuarantee, isDibaoRow, withinTwelveMonths } from './words.ts';
import { ASSISTANCE, MEMBERS, type World } from './world.ts';

/** DIS-06 by the contract's table; the others stand outside it (docs/catalogue.md). */
const UNCOUNTED = ['DIS-06', 'DIS-04', 'EDU-05', 'EMP-02', 'INC-03'];

/** The families, among those asked for, whose rules hold for the household or a member. */
function familiesOf(
  at: World,
  household: string,
  hits: Hits,
  asked: readonly string[],
): Set<string> {
  const rules = [
    ...(hits.households.get(household) ?? []),
    ...at.membersOf(household).flatMap((person) => [...(hits.persons.get(person) ?? [])]),
  ];
  const families = rules
    .filter((rule) => !UNCOUNTED.includes(rule))
    .map((rule) => rule.slice(0, 3));
  return new Set(families.filter((family) => asked.includes(family)));
}

export const FAMILY: readonly Rule[] = [
  personRule(
    'FAM-01',
    [ASSISTANCE, MEMBERS],
    (at, person) =>
      !basicGuarantee(at, person) &&
      anyHousehold(at, person, (household) =>
        at.ofHousehold(household, ASSISTANCE).some(
          (row) =>
            isDibaoRow(row) &&
            row.is('status', 'active') &&
            // DECISION: "not true" takes in the empty cell; elsewhere the contract says "false".
            !row.isTrue('single_person'),
        ),
      ),
  ),
  householdRule(
    'FAM-05',
    [ASSISTANCE],
    (at, household, hits) =>
      at
        .ofHousehold(household, ASSISTANCE)
        .some(
          (row) =>
            row.is('status', 'refused', 'exited') &&
            withinTwelveMonths(at, row.text('status_date')),
        ) &&
      familiesOf(at, household, hits, ['ILL', 'DIS', 'EDU', 'EMP', 'EXP', 'INC', 'DSR']).size > 0,
  ),
  householdRule(
    'FAM-06',
    [],
    (at, household, hits) =>
      familiesOf(at, household, hits, ['ILL', 'DIS', 'EDU', 'EMP', 'EXP']).size >= 2,
  ),
];
