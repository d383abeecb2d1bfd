import { personRule, type Rule } from './rule.ts';
import { agedBetween, anyHousehold, lowIncome, lowIncomeHousehold } from './words.ts';
import { ASSISTANCE, ENROLMENT, MONITORED } from './world.ts';

export const EDUCATION: readonly Rule[] = [
  personRule(
    'EDU-01',
    [ENROLMENT, ASSISTANCE, MONITORED],
    (at, person) =>
      agedBetween(at, person, 6, 16) &&
      at.of(person, ENROLMENT).length === 0 &&
      anyHousehold(at, person, (household) => lowIncomeHousehold(at, household)),
  ),
  personRule('EDU-02', [ENROLMENT], (at, person) =>
    at
      .of(person, ENROLMENT)
      .some((row) => row.is('stage', 'primary', 'junior') && row.is('status', 'absent', 'dropout')),
  ),
  personRule('EDU-03', [ENROLMENT], (at, person) =>
    at.of(person, ENROLMENT).some((row) => {
      const [paid, aid] = [row.fen('out_of_pocket_year'), row.fen('aid_year')];
      return (
        row.is('stage', 'senior', 'vocational') &&
        // DECISION: an empty amount is unknown here, not nothing.
        paid !== undefined &&
        aid !== undefined &&
        paid - aid > 1_000_000n
      );
    }),
  ),
  personRule(
    'EDU-04',
    [ENROLMENT, ASSISTANCE, MONITORED],
    (at, person) =>
      lowIncome(at, person) &&
      at
        .of(person, ENROLMENT)
        .some((row) => row.is('status', 'enrolled') && row.fen('aid_year') === 0n),
  ),
];
