import { addMonths, firstDay, lastDay, shiftMonth } from './calendar.ts';
import { parameterCount } from './parameters.ts';
import type { Need, Watch } from './rule.ts';
import {
  birthMonth,
  graceEnds,
  income,
  incomeHalfYearAgo,
  inpatientThreshold,
  isValid,
  lowIncome,
  yearToDateInpatient,
} from './words.ts';
import {
  ASSISTANCE,
  CERTIFICATES,
  ENROLMENT,
  MONITORED,
  SETTLEMENTS,
  type World,
} from './world.ts';

// The rules of docs/catalogue.md that look ahead, read from that page and the contract alone.

const at = (...datasets: readonly Need['dataset'][]): Need[] =>
  datasets.map((dataset) => ({ dataset, monthsBack: 0 }));

const lookAheadMonths = (world: World, county: string): number =>
  parameterCount(world.lookup('look-ahead-months', county)) ?? 0;

function birthdays(world: World, person: string): string[] {
  const birth = birthMonth(world, person);
  if (birth === '' || !lowIncome(world, person)) return [];
  return ['adult-age', 'elderly-age', 'advanced-age'].flatMap((name) => {
    const years = parameterCount(world.lookup(name, world.countyOf(person)));
    return years === undefined ? [] : [firstDay(shiftMonth(birth, years * 12))];
  });
}

function graduations(world: World, person: string): string[] {
  if (!lowIncome(world, person)) return [];
  const months = world
    .of(person, ENROLMENT)
    .filter(
      (row) =>
        row.is('status', 'enrolled') && row.is('stage', 'senior', 'vocational', 'university'),
    )
    .map((row) => row.text('graduation_month'))
    .filter((month) => month > world.month)
    .sort();
  return months.slice(0, 1).map(lastDay);
}

function certificateEnds(world: World, person: string): string[] {
  if (!lowIncome(world, person)) return [];
  const ends = world
    .of(person, CERTIFICATES)
    .filter(isValid)
    .map((row) => row.text('valid_until'))
    .sort();
  return ends.includes('') ? [] : ends.slice(-1);
}

function graces(world: World, household: string): string[] {
  return ['state_employment', 'flexible_employment', 'other'].flatMap((reason) => {
    const ends = world
      .ofHousehold(household, ASSISTANCE)
      .filter((row) => row.is('status', 'grace') && row.is('grace_reason', reason))
      .sort((a, b) => (a.text('grace_start') < b.text('grace_start') ? -1 : 1))
      // An end only where the start is known, so the first end is the earliest start's.
      .flatMap((row) => graceEnds(world, household, row) ?? []);
    return ends.slice(0, 1);
  });
}

/** Whether income is at most the share of what it was, without rounding: the share has ≤ 4 digits. */
function dropped(world: World, household: string): boolean {
  const [now, before] = [income(world, household), incomeHalfYearAgo(world, household)];
  const share = world.lookup('income-left-share', world.countyOfHousehold(household));
  if (now === undefined || before === undefined || share === undefined) return false;
  return before > 0n && now * 10_000n <= BigInt(Math.round(Number(share.value) * 10_000)) * before;
}

/** s + (s ÷ m) × k ≥ T, multiplied out; k ends with December. */
function reachesThreshold(world: World, person: string): boolean {
  const [spent, threshold] = [
    yearToDateInpatient(world, person),
    inpatientThreshold(world, person),
  ];
  const passed = Number(world.month.slice(5, 7));
  const left = Math.min(lookAheadMonths(world, world.countyOf(person)), 12 - passed);
  return spent < threshold && spent * BigInt(passed + left) >= threshold * BigInt(passed);
}

const endOfLookAhead = (world: World, county: string): string =>
  addMonths(world.end, lookAheadMonths(world, county));

export const WATCHES: readonly Watch[] = [
  { rule: 'FAM-02', subject: 'person', needs: at(ASSISTANCE, MONITORED), days: birthdays },
  {
    rule: 'EDU-06',
    subject: 'person',
    needs: at(ENROLMENT, ASSISTANCE, MONITORED),
    days: graduations,
  },
  {
    rule: 'DIS-07',
    subject: 'person',
    needs: at(CERTIFICATES, ASSISTANCE, MONITORED),
    days: certificateEnds,
  },
  { rule: 'FAM-07', subject: 'household', needs: at(ASSISTANCE), days: graces },
  {
    rule: 'INC-04',
    subject: 'household',
    needs: [
      ...at(ASSISTANCE, MONITORED),
      { dataset: ASSISTANCE, monthsBack: 6 },
      { dataset: MONITORED, monthsBack: 6 },
    ],
    days: (world, household) =>
      dropped(world, household) ? [endOfLookAhead(world, world.countyOfHousehold(household))] : [],
  },
  {
    rule: 'ILL-06',
    subject: 'person',
    needs: at(SETTLEMENTS, ASSISTANCE, MONITORED),
    days: (world, person) =>
      reachesThreshold(world, person) ? [endOfLookAhead(world, world.countyOf(person))] : [],
  },
];
