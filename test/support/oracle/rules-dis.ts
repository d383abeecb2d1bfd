import { personRule, type Rule } from './rule.ts';
import {
  adult,
  basicGuarantee,
  dibao,
  drawsOn,
  isGradeOneOrTwo,
  isValid,
  lowIncome,
  noJob,
  severeDisability,
} from './words.ts';
import { ASSISTANCE, CERTIFICATES, EMPLOYMENT, MONITORED } from './world.ts';

export const DISABILITY: readonly Rule[] = [
  personRule(
    'DIS-01',
    // MONITORED because `adult` reads it; members only narrows.
    [CERTIFICATES, EMPLOYMENT, ASSISTANCE, MONITORED],
    (at, person) =>
      severeDisability(at, person) &&
      adult(at, person) &&
      noJob(at, person) &&
      !basicGuarantee(at, person),
  ),
  personRule(
    'DIS-02',
    [ASSISTANCE, CERTIFICATES],
    (at, person) =>
      dibao(at, person) &&
      at.of(person, CERTIFICATES).some(isValid) &&
      !at.of(person, ASSISTANCE).some((row) => (row.fen('topup_month') ?? 0n) > 0n),
  ),
  {
    rule: 'DIS-03',
    subject: 'person',
    needs: [
      { dataset: CERTIFICATES, monthsBack: 0 },
      { dataset: CERTIFICATES, monthsBack: 1 },
    ],
    holds: (at, person) =>
      at.of(person, CERTIFICATES).some(isGradeOneOrTwo) &&
      !at.certificatesBefore(person).some(isGradeOneOrTwo),
  },
  personRule('DIS-05', [CERTIFICATES, ASSISTANCE, MONITORED], (at, person) => {
    const rows = at.of(person, CERTIFICATES);
    return (
      rows.some((row) => isGradeOneOrTwo(row) && row.isFalse('nursing_subsidy')) ||
      (lowIncome(at, person) && rows.some((row) => isValid(row) && row.isFalse('living_subsidy')))
    );
  }),
  personRule('DIS-06', [ASSISTANCE], (at, person) =>
    at.of(person, ASSISTANCE).some((row) => {
      const kinds = row
        .text('topup_kinds')
        .split(';')
        .filter((kind) => kind !== '');
      // DECISION: any programme, temporary aid too; the same kind named twice is one kind.
      return drawsOn(row) && new Set(kinds).size > 1;
    }),
  ),
];
