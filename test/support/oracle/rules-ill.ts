import { personRule, type Rule } from './rule.ts';
import type { Row } from './row.ts';
import {
  anyHousehold,
  basicGuarantee,
  income,
  inpatientThreshold,
  lowIncome,
  newInMonth,
  standard,
  sum,
  withinTwelveMonths,
  yearToDateInpatient,
} from './words.ts';
import { ASSISTANCE, INSURED, MONITORED, SETTLEMENTS, type World } from './world.ts';

function newOutpatient(at: World, person: string): bigint {
  const bills = at
    .of(person, SETTLEMENTS)
    .filter(
      (row) =>
        row.is('kind', 'outpatient', 'chronic') && newInMonth(at, row, row.text('settled_on')),
    );
  return sum(bills.map((row) => row.fen('self_paid')));
}

// DECISION: a reversal is a row of the dataset and thus "a bill" where a rule asks for a bill
// rather than for an amount.
const majorBills = (at: World, person: string): Row[] =>
  at
    .of(person, SETTLEMENTS)
    .filter((row) => row.isTrue('major_illness') && withinTwelveMonths(at, row.text('settled_on')));

export const ILLNESS: readonly Rule[] = [
  personRule('ILL-01', [SETTLEMENTS, ASSISTANCE, MONITORED], (at, person) => {
    return yearToDateInpatient(at, person) >= inpatientThreshold(at, person);
  }),
  personRule(
    'ILL-02',
    [SETTLEMENTS, ASSISTANCE, MONITORED],
    (at, person) => lowIncome(at, person) && newOutpatient(at, person) >= 50_000n,
  ),
  personRule('ILL-03', [SETTLEMENTS], (at, person) => {
    // DECISION: a bill delivered again in M is M's; the row it replaced no longer counts as one
    // in an earlier month's file.
    const bills = majorBills(at, person);
    return (
      bills.some((row) => row.fileMonth === at.month) &&
      !bills.some((row) => row.fileMonth < at.month)
    );
  }),
  personRule(
    'ILL-04',
    [SETTLEMENTS, ASSISTANCE, MONITORED],
    (at, person) =>
      majorBills(at, person).length > 0 &&
      !basicGuarantee(at, person) &&
      anyHousehold(at, person, (household) => {
        const [has, line] = [income(at, household), standard(at, household)];
        return has !== undefined && line !== undefined && has >= line && 2n * has < 3n * line;
      }),
  ),
  personRule(
    'ILL-05',
    [INSURED, ASSISTANCE, MONITORED],
    (at, person) =>
      lowIncome(at, person) && at.of(person, INSURED).some((row) => row.isFalse('insured')),
  ),
];
