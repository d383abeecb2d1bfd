import { addMonths, firstDay, lastDay, shiftMonth } from './calendar.ts';
import { parameterCount } from './parameters.ts';
import { householdRule, personRule, type Rule } from './rule.ts';
import {
  ageInMonths,
  anyHousehold,
  anyMember,
  basicGuarantee,
  countingFacts,
  dibao,
  income,
  isBasicRow,
  isValid,
  line,
  marginal,
  openRisk,
  residence,
  severeDisability,
  standard,
  tekun,
  withinTwelveMonths,
} from './words.ts';
import {
  ASSISTANCE,
  CERTIFICATES,
  EMPLOYMENT,
  ENROLMENT,
  MEMBERS,
  MONITORED,
  type World,
} from './world.ts';

// The rules of docs/catalogue.md that open leads, read from that page and the contract alone.

const certified = (at: World, person: string): boolean => at.of(person, CERTIFICATES).some(isValid);

/** Has the person reached the age that the locality's parameter names? Unknown: undefined. */
function reached(
  at: World,
  person: string,
  parameter: string,
  county: string,
): boolean | undefined {
  const [age, years] = [ageInMonths(at, person), parameterCount(at.lookup(parameter, county))];
  return age === undefined || years === undefined ? undefined : age >= years * 12;
}

const labour = (at: World, person: string, ...values: readonly string[]): boolean =>
  [...at.of(person, ASSISTANCE), ...at.of(person, MONITORED)].some((row) =>
    row.is('labour_capacity', ...values),
  );

/** The last day of the month up to which contributions are known to be paid; '' when unknown. */
function paidUntil(at: World, person: string): string {
  const months = at.of(person, EMPLOYMENT).map((row) => row.text('contributions_until'));
  const latest = months.sort().at(-1) ?? '';
  return latest === '' ? '' : lastDay(latest);
}

function earner(at: World, person: string): boolean {
  const paid = paidUntil(at, person);
  return (
    at.of(person, EMPLOYMENT).some((row) => row.is('status', 'employed', 'flexible')) ||
    (paid !== '' && paid >= firstDay(shiftMonth(at.month, -11)))
  );
}

const able = (at: World, person: string): boolean =>
  labour(at, person, 'full', 'partial') || earner(at, person);

const carer = (at: World, person: string): boolean =>
  countingFacts(at, person, 'death').length === 0 && !severeDisability(at, person);

const movedOut = (at: World, person: string): boolean =>
  at
    .of(person, ASSISTANCE)
    .some(
      (row) =>
        isBasicRow(row) &&
        row.is('status', 'exited') &&
        row.isTrue('relocated') &&
        withinTwelveMonths(at, row.text('status_date')),
    );

const noDibaoOrTekun = (at: World, household: string): boolean =>
  !anyMember(at, household, dibao) && !anyMember(at, household, tekun);

export const CATALOGUE: readonly Rule[] = [
  householdRule('DIS-04', [CERTIFICATES, ASSISTANCE, MONITORED], (at, household) => {
    const county = at.countyOfHousehold(household);
    const persons = at.membersOf(household);
    return (
      (persons.filter((person) => certified(at, person)).length >= 2 ||
        persons.some(
          (person) =>
            severeDisability(at, person) &&
            at
              .supportersOf(person)
              .some((supporter) => reached(at, supporter, 'elderly-age', county) === true),
        )) &&
      noDibaoOrTekun(at, household) &&
      !anyMember(at, household, marginal)
    );
  }),
  personRule(
    'EDU-05',
    [ENROLMENT, ASSISTANCE],
    (at, person) =>
      at.of(person, ENROLMENT).some((row) => {
        const graduation = row.text('graduation_month');
        return (
          row.is('stage', 'university') &&
          graduation >= `${at.month.slice(0, 4)}-01` &&
          graduation <= at.month
        );
      }) && anyHousehold(at, person, (household) => anyMember(at, household, dibao)),
  ),
  householdRule('EMP-02', [EMPLOYMENT, ASSISTANCE], (at, household) => {
    const earners = at.membersOf(household).filter((person) => earner(at, person));
    const [only] = earners;
    const months = parameterCount(
      at.lookup('contributions-stopped-months', at.countyOfHousehold(household)),
    );
    if (only === undefined || earners.length !== 1 || months === undefined) return false;
    const paid = paidUntil(at, only);
    return paid !== '' && addMonths(paid, months) <= at.end && noDibaoOrTekun(at, household);
  }),
  householdRule('INC-03', [ASSISTANCE, MONITORED], (at, household) => {
    const [has, below] = [income(at, household), line(at, household)];
    return (
      residence(at, household) === 'rural' &&
      has !== undefined &&
      below !== undefined &&
      has < below &&
      !anyMember(at, household, openRisk) &&
      !anyMember(at, household, basicGuarantee)
    );
  }),
  personRule(
    'FAM-03',
    [ASSISTANCE, MONITORED, EMPLOYMENT, MEMBERS],
    (at, person) =>
      labour(at, person, 'none') &&
      reached(at, person, 'adult-age', at.countyOf(person)) === true &&
      at.supportersOf(person).length === 0 &&
      !tekun(at, person) &&
      anyHousehold(at, person, (household) => {
        const [has, below] = [income(at, household), standard(at, household)];
        return (
          !anyMember(at, household, able) && has !== undefined && below !== undefined && has < below
        );
      }),
  ),
  personRule('FAM-04', [ASSISTANCE, MONITORED, CERTIFICATES], (at, person) => {
    const county = at.countyOf(person);
    return (
      reached(at, person, 'adult-age', county) === false &&
      !basicGuarantee(at, person) &&
      anyHousehold(at, person, (household) =>
        at
          .membersOf(household)
          .filter((member) => carer(at, member))
          // Known, and not reached: an unknown age is no answer.
          .every((member) => reached(at, member, 'adult-age', county) === false),
      )
    );
  }),
  personRule(
    'MOV-01',
    [ASSISTANCE],
    (at, person) => movedOut(at, person) && !basicGuarantee(at, person),
  ),
  personRule('LST-02', [ASSISTANCE, MONITORED], (at, person) => {
    const measures = at
      .of(person, MONITORED)
      .filter((row) => row.is('risk', 'open'))
      .flatMap((row) => row.integer('measures') ?? []);
    return (
      (dibao(at, person) || tekun(at, person)) && measures.length > 0 && Math.min(...measures) === 0
    );
  }),
];
