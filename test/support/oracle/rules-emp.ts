import { personRule, type Rule } from './rule.ts';
import { agedBetween, dibao } from './words.ts';
import { ASSISTANCE, EMPLOYMENT, MONITORED } from './world.ts';

export const EMPLOYED: readonly Rule[] = [
  personRule(
    'EMP-01',
    // MONITORED because `adult` reads it; members only narrows.
    [EMPLOYMENT, ASSISTANCE, MONITORED],
    (at, person) =>
      agedBetween(at, person, 18, 60) &&
      !dibao(at, person) &&
      // DECISION: whatever the row's status says.
      at
        .of(person, EMPLOYMENT)
        .some(
          (row) =>
            (row.integer('months_without_income') ?? 0) >= 3 && row.isFalse('unemployment_benefit'),
        ),
  ),
  personRule('EMP-03', [MONITORED], (at, person) =>
    at
      .of(person, MONITORED)
      .some(
        (row) =>
          row.is('risk', 'open') &&
          row.is('labour_capacity', 'full') &&
          row.is('employment', 'none') &&
          row.integer('measures') === 0,
      ),
  ),
];
