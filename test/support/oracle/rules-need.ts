import { householdRule, personRule, type Rule } from './rule.ts';
import {
  anyMember,
  anyProgramme,
  basicGuarantee,
  dibao,
  income,
  marginal,
  newInMonth,
  openRisk,
  pcdi,
  rigidExpenditure,
  size,
  standard,
  tekun,
} from './words.ts';
import { AFFECTED, ASSISTANCE, ENROLMENT, MONITORED, SETTLEMENTS } from './world.ts';

// EXP, DSR, INC and MAR. Every fraction is multiplied out, so that nothing is rounded.

export const NEED: readonly Rule[] = [
  householdRule('EXP-01', [SETTLEMENTS, ENROLMENT, ASSISTANCE, MONITORED], (at, household) => {
    const [has, heads, mean] = [income(at, household), size(at, household), pcdi(at, household)];
    return (
      has !== undefined &&
      heads !== undefined &&
      mean !== undefined &&
      5n * rigidExpenditure(at, household) > 3n * has * heads &&
      has < mean &&
      !anyMember(at, household, dibao) &&
      !anyMember(at, household, tekun) &&
      !anyMember(at, household, marginal)
    );
  }),
  householdRule('EXP-02', [SETTLEMENTS, ENROLMENT, ASSISTANCE, MONITORED], (at, household) => {
    const [has, heads, line] = [
      income(at, household),
      size(at, household),
      standard(at, household),
    ];
    const rigid = rigidExpenditure(at, household);
    return (
      has !== undefined &&
      heads !== undefined &&
      heads > 0n &&
      line !== undefined &&
      rigid > 0n &&
      has * heads - rigid < line * heads &&
      !anyMember(at, household, dibao) &&
      !anyMember(at, household, tekun)
    );
  }),
  personRule('DSR-01', [AFFECTED], (at, person) =>
    at.of(person, AFFECTED).some((row) => newInMonth(at, row, row.text('happened_on'))),
  ),
  householdRule('INC-01', [MONITORED, ASSISTANCE], (at, household) => {
    const [has, line] = [income(at, household), standard(at, household)];
    return (
      has !== undefined &&
      line !== undefined &&
      has <= line &&
      anyMember(at, household, openRisk) &&
      !anyMember(at, household, dibao) &&
      !anyMember(at, household, tekun)
    );
  }),
  householdRule('INC-02', [ASSISTANCE, MONITORED], (at, household) => {
    const [has, line] = [income(at, household), standard(at, household)];
    return (
      has !== undefined &&
      line !== undefined &&
      has > line &&
      2n * has < 3n * line &&
      !anyMember(at, household, anyProgramme)
    );
  }),
  householdRule('MAR-01', [MONITORED, ASSISTANCE], (at, household) => {
    const clause = at.lookup('direct-recognition', at.countyOfHousehold(household));
    return (
      clause !== undefined &&
      clause.value !== false &&
      anyMember(at, household, openRisk) &&
      !anyMember(at, household, basicGuarantee) &&
      !anyMember(at, household, marginal)
    );
  }),
];
