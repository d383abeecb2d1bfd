import { addMonths, firstDay, monthNumber, monthOf } from './calendar.ts';
import { parameterCount, parameterFen } from './parameters.ts';
import type { Row } from './row.ts';
import {
  ASSISTANCE,
  CERTIFICATES,
  EMPLOYMENT,
  ENROLMENT,
  FACTS,
  MEMBERS,
  MONITORED,
  SETTLEMENTS,
  type World,
} from './world.ts';

// The words of section 3. Said of a person here; `anyMember` says them of a household.

const DIBAO = ['urban_dibao', 'rural_dibao'];
const TEKUN = ['tekun_concentrated', 'tekun_dispersed'];
const BASIC = [...DIBAO, ...TEKUN, 'orphan', 'unattended_child'];

export const drawsOn = (row: Row): boolean => row.is('status', 'active', 'grace');
export const isDibaoRow = (row: Row): boolean => row.is('programme', ...DIBAO);
export const isTekunRow = (row: Row): boolean => row.is('programme', ...TEKUN);
export const isBasicRow = (row: Row): boolean => row.is('programme', ...BASIC);

const drawing = (at: World, person: string): Row[] => at.of(person, ASSISTANCE).filter(drawsOn);

export const dibao = (at: World, person: string): boolean => drawing(at, person).some(isDibaoRow);

export const tekun = (at: World, person: string): boolean => drawing(at, person).some(isTekunRow);

export const marginal = (at: World, person: string): boolean =>
  drawing(at, person).some((row) => row.is('programme', 'marginal'));

export const basicGuarantee = (at: World, person: string): boolean =>
  drawing(at, person).some(isBasicRow);

export const anyProgramme = (at: World, person: string): boolean =>
  drawing(at, person).some((row) => !row.is('programme', 'temporary_aid'));

export const openRisk = (at: World, person: string): boolean =>
  at.of(person, MONITORED).some((row) => row.is('risk', 'open'));

export const lowIncome = (at: World, person: string): boolean =>
  anyProgramme(at, person) || openRisk(at, person);

type Word = (at: World, person: string) => boolean;

export const anyMember = (at: World, household: string, word: Word): boolean =>
  at.membersOf(household).some((person) => word(at, person));

/** A person rule about a household holds when it holds for any of the person's households. */
export const anyHousehold = (
  at: World,
  person: string,
  holds: (household: string) => boolean,
): boolean => at.householdsOf(person).some(holds);

export const lowIncomeHousehold = (at: World, household: string): boolean =>
  anyMember(at, household, lowIncome);

/** The person's month of birth; '' when unknown. */
export function birthMonth(at: World, person: string): string {
  // DECISION: the first members row that carries a birth month, else the first monitored row
  // that does: an empty cell in members does not hide the one in monitored.
  const rows = [...at.of(person, MEMBERS), ...at.of(person, MONITORED)];
  return rows.map((row) => row.text('birth_month')).find((month) => month !== '') ?? '';
}

/** Age in whole months at the end of M; a month of birth is complete with M itself. */
export function ageInMonths(at: World, person: string): number | undefined {
  const birth = birthMonth(at, person);
  return birth === '' ? undefined : monthNumber(at.month) - monthNumber(birth);
}

export function agedBetween(at: World, person: string, from: number, below: number): boolean {
  const age = ageInMonths(at, person);
  return age !== undefined && age >= from * 12 && age < below * 12;
}

export const adult = (at: World, person: string): boolean => agedBetween(at, person, 18, 1000);

export const noJob = (at: World, person: string): boolean =>
  !at.of(person, EMPLOYMENT).some((row) => row.is('status', 'employed', 'flexible', 'retired'));

// DECISION: valid is the status alone; a `valid_until` in the past does not undo it.
export const isValid = (row: Row): boolean => row.is('status', 'valid');
export const isGradeOneOrTwo = (row: Row): boolean => isValid(row) && row.is('grade', '1', '2');

export const severeDisability = (at: World, person: string): boolean =>
  at
    .of(person, CERTIFICATES)
    .some(
      (row) =>
        isGradeOneOrTwo(row) ||
        (isValid(row) && row.is('grade', '3') && row.is('category', '5', '6')),
    );

export const withinTwelveMonths = (at: World, date: string): boolean =>
  date !== '' && date >= at.yearAgo && date <= at.end;

export const yearToDate = (at: World, date: string): boolean =>
  date >= firstDay(`${at.month.slice(0, 4)}-01`) && monthOf(date) <= at.month;

export const newInMonth = (at: World, row: Row, date: string): boolean =>
  row.fileMonth === at.month && withinTwelveMonths(at, date);

export const sum = (amounts: readonly (bigint | undefined)[]): bigint =>
  amounts.reduce<bigint>((total, amount) => total + (amount ?? 0n), 0n);

const byPerson = (a: Row, b: Row): number => {
  const [x, y] = [a.text('person_id'), b.text('person_id')];
  return x === y ? a.line - b.line : x < y ? -1 : 1;
};

/** Latest status_date first, ties by the smallest person_id (then the earlier line). */
const byStatusDate = (a: Row, b: Row): number => {
  const [x, y] = [a.text('status_date'), b.text('status_date')];
  return x === y ? byPerson(a, b) : x > y ? -1 : 1;
};

function speaking(
  assistance: readonly Row[],
  monitored: readonly Row[],
  column: string,
): Row | undefined {
  const carries = (row: Row): boolean => row.text(column) !== '';
  return (
    assistance.filter(carries).sort(byStatusDate)[0] ?? monitored.filter(carries).sort(byPerson)[0]
  );
}

const householdRow = (at: World, household: string, column: string): Row | undefined =>
  speaking(at.ofHousehold(household, ASSISTANCE), at.ofHousehold(household, MONITORED), column);

export const income = (at: World, household: string): bigint | undefined =>
  householdRow(at, household, 'income_per_capita_year')?.fen('income_per_capita_year');

export const incomeHalfYearAgo = (at: World, household: string): bigint | undefined =>
  speaking(
    at.ofHouseholdHalfYearAgo(household, ASSISTANCE),
    at.ofHouseholdHalfYearAgo(household, MONITORED),
    'income_per_capita_year',
  )?.fen('income_per_capita_year');

export const size = (at: World, household: string): bigint | undefined => {
  const value = householdRow(at, household, 'household_size')?.text('household_size');
  return value === undefined ? undefined : BigInt(value);
};

export const residence = (at: World, household: string): string =>
  householdRow(at, household, 'residence')?.text('residence') ?? 'rural';

export function standard(at: World, household: string): bigint | undefined {
  const facts = { residence: residence(at, household) };
  return parameterFen(at.lookup('dibao-standard', at.countyOfHousehold(household), facts));
}

export const line = (at: World, household: string): bigint | undefined =>
  parameterFen(at.lookup('monitoring-line', at.countyOfHousehold(household)));

export const pcdi = (at: World, household: string): bigint | undefined =>
  parameterFen(at.lookup('disposable-income', at.countyOfHousehold(household)));

export function rigidExpenditure(at: World, household: string): bigint {
  return sum(
    at.membersOf(household).flatMap((person) => [
      ...at
        .of(person, SETTLEMENTS)
        .filter((row) => withinTwelveMonths(at, row.text('settled_on')))
        .map((row) => row.fen('self_paid')),
      ...at.of(person, ENROLMENT).map((row) => row.fen('out_of_pocket_year')),
    ]),
  );
}

/** The facts of these kinds that count at M: from `since` to `until`. */
export const countingFacts = (at: World, person: string, ...kinds: readonly string[]): Row[] =>
  at.of(person, FACTS).filter((row) => {
    const until = row.text('until');
    return (
      row.is('kind', ...kinds) && row.text('since') <= at.end && (until === '' || until >= at.end)
    );
  });

export function graceEnds(at: World, household: string, row: Row): string | undefined {
  const [reason, start] = [row.text('grace_reason'), row.text('grace_start')];
  // DECISION: an empty reason is unknown and has no months; it is not `other`.
  if (reason === '' || start === '') return undefined;
  // DECISION: the locality is the household's county, not the row's.
  const county = at.countyOfHousehold(household);
  const facts = { reason, grace_reason: reason };
  const months = parameterCount(at.lookup('grace-period', county, facts));
  return months === undefined ? undefined : addMonths(start, months);
}

export function yearToDateInpatient(at: World, person: string): bigint {
  const bills = at
    .of(person, SETTLEMENTS)
    .filter((row) => row.is('kind', 'inpatient') && yearToDate(at, row.text('settled_on')));
  return sum(bills.map((row) => row.fen('self_paid')));
}

export const inpatientThreshold = (at: World, person: string): bigint =>
  lowIncome(at, person) ||
  anyHousehold(at, person, (household) => lowIncomeHousehold(at, household))
    ? 500_000n
    : 2_000_000n;
