import { describe, expect, it } from 'vitest';
import { RULE_NAMES, WATCH_NAMES } from './index.ts';
import {
  affected,
  ahead,
  assistance,
  bill,
  certificate,
  COUNTY,
  enrolment,
  evaluate,
  fact,
  H1,
  H2,
  insurance,
  member,
  MONTH,
  monitored,
  OTHER_COUNTY,
  P1,
  P2,
  rules,
  work,
  type Extra,
  type Line,
} from './situation.ts';

type Case = readonly [what: string, lines: readonly Line[], extra?: Extra];

const left = assistance({ status: 'exited' });
const adultMember = member({ birth_month: '1990-01' });
const rich = { income_per_capita_year: 30000 };
const inpatient = (self: number | string, on = '2025-10-10'): Line =>
  bill({ self_paid: self, settled_on: on });
const outpatient = (self: number | string, on = '2025-10-10', month?: string): Line =>
  bill({ self_paid: self, settled_on: on, kind: 'outpatient' }, month);
const major = (on: string, month?: string, more = {}): Line =>
  bill({ major_illness: '是', settled_on: on, ...more }, month);
const estate = (more: Record<string, string>, month?: string): Line =>
  fact({ kind: 'real_estate', relocation_housing: 'false', ...more }, month);
const exited = (income: number | string, size = 2): Line =>
  assistance({ status: 'exited', income_per_capita_year: income, household_size: size });

const second = member({ person_id: P2 });
const adult2 = member({ person_id: P2, birth_month: '1990-01' });
const child = member({ birth_month: '2015-10' });
const certified2 = certificate({ person_id: P2, grade: 3, category: 1 });
const graduate = (month: string): Line =>
  enrolment({ stage: 'university', graduation_month: month });
const unable = (income: number | string, more = {}): Line =>
  assistance({ income_per_capita_year: income, labour_capacity: 'none', ...more });
const moved = (more = {}): Line =>
  assistance({ status: 'exited', status_date: '2025-10-31', relocated: 'Y', ...more });

const inGrace = (reason: string, start: string, person = P1): Line =>
  assistance({ person_id: person, status: 'grace', grace_reason: reason, grace_start: start });
const before = (income: number | string, month = '2025-04'): Line => {
  const { dataset, cells } = exited(income);
  return { dataset, cells, month };
};

/** For each rule the situations in which it holds, and those in which it just does not. */
const CASES: Readonly<Record<string, { fires: readonly Case[]; short: readonly Case[] }>> = {
  'ILL-01': {
    fires: [
      ['low-income at 5,000', [assistance(), inpatient('4999.99'), inpatient('0.01', '20250101')]],
      ['others at 20,000', [inpatient(20000)]],
      ['in a low-income household', [member(), monitored({ person_id: P2 }), inpatient(5000)]],
      [
        'household low-income by a member whose row is in another household',
        [
          member(),
          member({ person_id: P2 }),
          monitored({ person_id: P2, household_id: H2 }),
          inpatient(5000),
        ],
      ],
      [
        'the row delivered last',
        [bill({ bill_id: 'x' }, '2025-09'), bill({ bill_id: 'x', self_paid: 20000 })],
      ],
    ],
    short: [
      ['one fen', [assistance(), inpatient('4999.99')]],
      ['last year', [assistance(), inpatient(4999), inpatient(1, '2024-12-31')]],
      ['one fen, not low-income', [member(), inpatient('19999.99')]],
      ['temporary aid only', [assistance({ programme: 'temporary_aid' }), inpatient(5000)]],
      ['a reversal', [inpatient(20000), inpatient('-0.01')]],
      [
        'redelivered with less',
        [
          bill({ bill_id: 'x', self_paid: 20000 }, '2025-09'),
          bill({ bill_id: 'x', self_paid: 19999 }),
        ],
      ],
    ],
  },
  'ILL-02': {
    fires: [
      ['500', [monitored(), outpatient('499.99'), bill({ kind: 'chronic', self_paid: '0.01' })]],
      ['first day of the twelve months', [monitored(), outpatient(500, '2024-11-01')]],
    ],
    short: [
      ['one fen', [monitored(), outpatient('499.99')]],
      ['a day too old', [monitored(), outpatient(500, '2024-10-31')]],
      ['earlier file', [monitored(), outpatient(500, '2025-09-30', '2025-09')]],
      ['not low-income', [member(), outpatient(500)]],
      ['inpatient', [monitored(), inpatient(500)]],
    ],
  },
  'ILL-03': {
    fires: [
      ['the first', [major('2025-10-31')]],
      ['another 13 months ago', [major('2024-10-31', '2024-10'), major('2025-10-01')]],
      [
        'the same bill again',
        [
          major('2025-09-01', '2025-09', { bill_id: 'x' }),
          major('2025-09-01', MONTH, { bill_id: 'x' }),
        ],
      ],
    ],
    short: [
      ['another within 12 months', [major('2024-11-01', '2024-11'), major('2025-10-01')]],
      ['new but too old', [major('2024-10-31')]],
      ['only an earlier file', [major('2025-09-30', '2025-09')]],
      ['no major illness', [inpatient(100000)]],
    ],
  },
  'ILL-04': {
    fires: [
      ['at the standard', [exited(6000), major('2024-11-01', '2025-01')]],
      ['one fen below 1.5', [exited('8999.99'), major('2025-10-01')]],
      [
        'by any household',
        [
          monitored({ household_id: H2, income_per_capita_year: 6000 }),
          exited(100),
          major('2025-10-01'),
        ],
      ],
    ],
    short: [
      ['one fen below', [exited('5999.99'), major('2025-10-01')]],
      ['at 1.5', [exited(9000), major('2025-10-01')]],
      ['basic guarantee', [exited(6000), assistance({ programme: 'orphan' }), major('2025-10-01')]],
      ['too long ago', [exited(6000), major('2024-10-31', '2024-10')]],
      ['income unknown', [exited(''), major('2025-10-01')]],
    ],
  },
  'ILL-05': {
    fires: [['not insured', [monitored(), insurance({ insured: '否' })]]],
    short: [
      ['no row', [monitored()]],
      ['risk eliminated', [monitored({ risk: 'eliminated' }), insurance({ insured: 'N' })]],
      ['insured', [monitored(), insurance()]],
    ],
  },
  'DIS-01': {
    fires: [
      ['18 this month', [member({ birth_month: '200710' }), certificate()]],
      ['grade 3, mental', [adultMember, certificate({ grade: 3, category: 6 })]],
      ['age from monitored', [member(), monitored({ birth_month: '1990-01' }), certificate()]],
    ],
    short: [
      ['18 next month', [member({ birth_month: '2007-11' }), certificate()]],
      ['age unknown', [member(), certificate()]],
      ['grade 3, multiple', [adultMember, certificate({ grade: 3, category: 7 })]],
      ['cancelled', [adultMember, certificate({ status: 'cancelled' })]],
      ['retired', [adultMember, certificate(), work({ status: 'retired' })]],
      ['on dibao in grace', [adultMember, certificate(), assistance({ status: 'grace' })]],
      [
        'two certificates that are severe only together',
        [adultMember, certificate({ grade: 3 }), certificate({ grade: 4, category: 5 })],
      ],
    ],
  },
  'DIS-02': {
    fires: [
      ['empty top-up', [assistance(), certificate({ grade: 4 })]],
      ['top-up of 0', [assistance({ topup_month: '0.00' }), certificate()]],
    ],
    short: [
      ['one fen', [assistance({ topup_month: '0.01' }), certificate()]],
      [
        'in another row',
        [assistance(), assistance({ status: 'exited', topup_month: 5 }), certificate()],
      ],
      ['expired', [assistance(), certificate({ status: 'expired' })]],
      ['tekun', [assistance({ programme: '131' }), certificate()]],
    ],
  },
  'DIS-03': {
    fires: [
      ['new', [certificate()]],
      ['grade 3 before', [certificate({ grade: 3 }, '2025-09'), certificate()]],
    ],
    short: [
      ['grade 1 before', [certificate({ grade: 1 }, '2025-09'), certificate()]],
      ['grade 3, mental', [certificate({ grade: 3, category: 5 })]],
    ],
  },
  'DIS-05': {
    fires: [
      ['no nursing subsidy', [certificate({ nursing_subsidy: 'false' })]],
      ['no living subsidy', [monitored(), certificate({ grade: 4, living_subsidy: '0' })]],
    ],
    short: [
      ['empty', [monitored(), certificate()]],
      ['grade 3', [certificate({ grade: 3, nursing_subsidy: 'false' })]],
      ['not low-income', [certificate({ living_subsidy: 'false' })]],
      [
        'in two rows',
        [certificate({ grade: 3, nursing_subsidy: 'N' }), certificate({ nursing_subsidy: 'Y' })],
      ],
    ],
  },
  'DIS-06': {
    fires: [
      ['two kinds', [assistance({ programme: 'marginal', topup_kinds: 'elderly;disabled' })]],
      ['in grace', [assistance({ status: 'grace', topup_kinds: 'elderly;other' })]],
    ],
    short: [
      ['one kind', [assistance({ topup_kinds: 'elderly' })]],
      ['applied', [assistance({ status: 'applied', topup_kinds: 'elderly;other' })]],
    ],
  },
  'EDU-01': {
    fires: [
      ['6 this month', [assistance({ person_id: P2 }), member({ birth_month: '2019-10' })]],
      ['15 to the last', [assistance({ person_id: P2 }), member({ birth_month: '2009-11' })]],
    ],
    short: [
      ['6 next month', [assistance({ person_id: P2 }), member({ birth_month: '2019-11' })]],
      ['16 this month', [assistance({ person_id: P2 }), member({ birth_month: '2009-10' })]],
      [
        'a row, whatever it says',
        [assistance(), member({ birth_month: '2015-01' }), enrolment({ status: 'abroad' })],
      ],
      ['household not low-income', [left, member({ birth_month: '2015-01' })]],
    ],
  },
  'EDU-02': {
    fires: [
      ['absent', [enrolment({ status: 'absent' })]],
      ['dropout', [enrolment({ status: 'dropout', stage: 'junior' })]],
    ],
    short: [
      ['senior', [enrolment({ status: 'dropout', stage: 'senior' })]],
      ['two rows', [enrolment({ status: 'dropout', stage: 'senior' }), enrolment()]],
    ],
  },
  'EDU-03': {
    fires: [
      [
        'a fen above',
        [enrolment({ stage: 'senior', out_of_pocket_year: '10500.01', aid_year: 500 })],
      ],
      ['vocational', [enrolment({ stage: 'vocational', out_of_pocket_year: 20000, aid_year: 0 })]],
    ],
    short: [
      ['10,000', [enrolment({ stage: 'senior', out_of_pocket_year: 10500, aid_year: 500 })]],
      ['aid unknown', [enrolment({ stage: 'senior', out_of_pocket_year: 20000 })]],
      ['university', [enrolment({ stage: 'university', out_of_pocket_year: 20000, aid_year: 0 })]],
    ],
  },
  'EDU-04': {
    fires: [['no aid', [assistance(), enrolment({ aid_year: '0.0' })]]],
    short: [
      ['empty', [assistance(), enrolment()]],
      ['one fen', [assistance(), enrolment({ aid_year: '0.01' })]],
      ['graduated', [assistance(), enrolment({ aid_year: 0, status: 'graduated' })]],
    ],
  },
  'EMP-01': {
    fires: [
      ['3 months', [adultMember, work({ months_without_income: 3, unemployment_benefit: 'N' })]],
      [
        '60 next month',
        [
          member({ birth_month: '1965-11' }),
          work({ months_without_income: 4, unemployment_benefit: 'N' }),
        ],
      ],
    ],
    short: [
      ['2 months', [adultMember, work({ months_without_income: 2, unemployment_benefit: 'N' })]],
      [
        '60',
        [
          member({ birth_month: '1965-10' }),
          work({ months_without_income: 4, unemployment_benefit: 'N' }),
        ],
      ],
      ['benefit unknown', [adultMember, work({ months_without_income: 4 })]],
      [
        'dibao',
        [adultMember, assistance(), work({ months_without_income: 4, unemployment_benefit: 'N' })],
      ],
    ],
  },
  'EMP-03': {
    fires: [['all', [monitored({ labour_capacity: 'full', employment: 'none', measures: 0 })]]],
    short: [
      ['measures unknown', [monitored({ labour_capacity: 'full', employment: 'none' })]],
      [
        'eliminated',
        [
          monitored({
            risk: 'eliminated',
            labour_capacity: 'full',
            employment: 'none',
            measures: 0,
          }),
        ],
      ],
      [
        'two rows',
        [
          monitored({ labour_capacity: 'full', employment: 'none', measures: 1 }),
          monitored({ labour_capacity: 'full', employment: 'local', measures: 0 }),
        ],
      ],
    ],
  },
  'EXP-01': {
    fires: [
      ['a fen above 60 %', [exited(10000), inpatient('12000.01')]],
      [
        'with school',
        [
          exited(10000),
          inpatient(12000, '2024-11-01'),
          enrolment({ person_id: P2, out_of_pocket_year: 1 }),
          member({ person_id: P2 }),
        ],
      ],
      ['no income', [exited(0), inpatient('0.01')]],
    ],
    short: [
      ['60 %', [exited(10000), inpatient(12000)]],
      ['a day too old', [exited(10000), inpatient(12000), inpatient(1, '2024-10-31')]],
      ['income at pcdi', [exited(14000), inpatient(90000)]],
      [
        'marginal by another member',
        [
          exited(10000),
          inpatient(20000),
          member({ person_id: P2 }),
          assistance({ person_id: P2, household_id: H2, programme: 'marginal' }),
        ],
      ],
      [
        'identical school rows count once',
        [
          exited(10000),
          enrolment({ out_of_pocket_year: 12000 }),
          enrolment({ out_of_pocket_year: '12000.00' }),
        ],
      ],
    ],
  },
  'EXP-02': {
    fires: [
      ['a fen below', [exited(10000), inpatient('8000.01')]],
      [
        'two school rows',
        [
          exited(10000),
          enrolment({ out_of_pocket_year: 4001 }),
          enrolment({ stage: 'junior', out_of_pocket_year: 4000 }),
        ],
      ],
      ['poor already, one fen', [exited('5999.99'), inpatient('0.01')]],
    ],
    short: [
      ['at the standard', [exited(10000), inpatient(8000)]],
      ['nothing spent', [exited(100), inpatient(10), inpatient(-10)]],
      ['dibao', [assistance({ income_per_capita_year: 7000 }), inpatient(9000)]],
    ],
  },
  'DSR-01': {
    fires: [['new', [affected({ happened_on: '2024-11-01' })]]],
    short: [
      ['too old', [affected({ happened_on: '2024-10-31' })]],
      ['earlier file', [affected({ happened_on: '2025-09-30' }, '2025-09')]],
    ],
  },
  'INC-01': {
    fires: [
      ['at the standard', [monitored({ income_per_capita_year: 6000 })]],
      [
        'urban',
        [
          left,
          assistance({
            status: 'applied',
            residence: 'urban',
            status_date: '2024-01-01',
            income_per_capita_year: 9000,
          }),
          monitored({ income_per_capita_year: 1 }),
        ],
      ],
    ],
    short: [
      ['a fen above', [monitored({ income_per_capita_year: '6000.01' })]],
      [
        'tekun',
        [
          monitored({ income_per_capita_year: 1 }),
          assistance({ programme: 'tekun_dispersed', status: 'grace' }),
        ],
      ],
      ['assistance speaks first', [monitored({ income_per_capita_year: 1 }), exited(7000)]],
      [
        'latest status date',
        [
          monitored(),
          assistance({ status: 'refused', income_per_capita_year: 1 }),
          assistance({ status: 'exited', status_date: '2023-05-02', income_per_capita_year: 7000 }),
        ],
      ],
      [
        'smallest person',
        [
          monitored(),
          assistance({ person_id: P2, status: 'refused', income_per_capita_year: 1 }),
          exited(7000),
        ],
      ],
    ],
  },
  'INC-02': {
    fires: [
      ['a fen above 1.0', [exited('6000.01')]],
      [
        'temporary aid does not matter',
        [assistance({ programme: 'temporary_aid', income_per_capita_year: '8999.99' })],
      ],
    ],
    short: [
      ['1.0', [exited(6000)]],
      ['1.5', [exited(9000)]],
      ['marginal', [assistance({ programme: 'marginal', income_per_capita_year: 7000 })]],
    ],
  },
  'MAR-01': {
    fires: [
      ['2025', [monitored()]],
      ['last month', [monitored()], { month: '2025-12' }],
      [
        'renewed',
        [monitored()],
        {
          month: '2026-01',
          parameters: [
            {
              name: 'direct-recognition',
              region: '520000',
              from: '2026-01-01',
              to: null,
              value: true,
            },
          ],
        },
      ],
    ],
    short: [
      ['2026', [monitored()], { month: '2026-01' }],
      ['a member in a basic guarantee', [monitored(), assistance({ person_id: P2 })]],
      ['eliminated', [monitored({ risk: 'eliminated' })]],
    ],
  },
  'FAM-01': {
    fires: [
      ['another member', [assistance({ person_id: P2, single_person: 'false' }), member()]],
      ['unknown', [assistance({ person_id: P2 }), member()]],
    ],
    short: [
      ['single', [assistance({ person_id: P2, single_person: 'true' }), member()]],
      ['grace', [assistance({ person_id: P2, status: 'grace' }), member()]],
      [
        'provided for elsewhere',
        [
          assistance({ person_id: P2 }),
          member(),
          assistance({ household_id: H2, programme: 'orphan' }),
        ],
      ],
    ],
  },
  'FAM-05': {
    fires: [
      [
        'first day',
        [assistance({ status: 'refused', status_date: '2024-11-01', ...rich }), affected()],
      ],
      [
        'another member',
        [
          assistance({ status: 'exited', status_date: '2025-10-31', ...rich }),
          member({ person_id: P2 }),
          enrolment({ person_id: P2, status: 'absent' }),
        ],
      ],
    ],
    short: [
      [
        'a day too old',
        [assistance({ status: 'refused', status_date: '2024-10-31', ...rich }), affected()],
      ],
      ['nothing else', [assistance({ status: 'refused', status_date: '2025-10-01', ...rich })]],
      [
        'DIS-06 is not of the families',
        [
          assistance({ status: 'refused', status_date: '2025-10-01', ...rich }),
          assistance({ topup_kinds: 'other;student', ...rich }),
        ],
      ],
    ],
  },
  'FAM-06': {
    fires: [
      [
        'two families',
        [
          member(),
          certificate(),
          member({ person_id: P2 }),
          enrolment({ person_id: P2, status: 'absent' }),
        ],
      ],
      ['by a household rule', [exited(13000, 1), inpatient(8000), certificate()]],
    ],
    short: [
      ['one family twice', [member(), certificate({ nursing_subsidy: 'N' })]],
      ['DSR is none of these', [member(), certificate(), affected()]],
      [
        'two households',
        [
          member(),
          certificate(),
          member({ person_id: P2, household_id: H2 }),
          enrolment({ person_id: P2, status: 'absent' }),
        ],
      ],
    ],
  },
  'DIS-04': {
    fires: [
      ['two of any grade', [member(), certificate({ grade: 4 }), second, certified2]],
      [
        'supporter of 60',
        [
          member(),
          certificate(),
          member({ person_id: P2, supporter_of: P1, birth_month: '1965-10' }),
        ],
      ],
    ],
    short: [
      ['one person twice', [member(), certificate(), certificate({ category: 1 })]],
      [
        'expired',
        [member(), certificate(), second, certificate({ person_id: P2, status: 'expired' })],
      ],
      [
        'supporter of 59',
        [
          member(),
          certificate(),
          member({ person_id: P2, supporter_of: P1, birth_month: '1965-11' }),
        ],
      ],
      ['age unknown', [member(), certificate(), member({ person_id: P2, supporter_of: P1 })]],
      [
        'not severe',
        [
          member(),
          certificate({ grade: 3 }),
          member({ person_id: P2, supporter_of: P1, birth_month: '1940-10' }),
        ],
      ],
      ['marginal', [assistance({ programme: 'marginal' }), certificate(), second, certified2]],
    ],
  },
  'EDU-05': {
    fires: [
      ['January', [assistance(), graduate('2025-01')]],
      [
        'this month, another member on dibao',
        [member(), assistance({ person_id: P2 }), graduate('202510')],
      ],
    ],
    short: [
      ['December', [assistance(), graduate('2024-12')]],
      ['next month', [assistance(), graduate('2025-11')]],
      ['empty', [assistance(), graduate('')]],
      [
        'vocational',
        [assistance(), enrolment({ stage: 'vocational', graduation_month: '2025-07' })],
      ],
      ['no dibao', [assistance({ programme: 'marginal' }), graduate('2025-07')]],
    ],
  },
  'EMP-02': {
    fires: [
      ['three months', [member(), work({ status: 'employed', contributions_until: '2025-07' })]],
      ['no job, paid within the year', [member(), work({ contributions_until: '2024-11' })]],
    ],
    short: [
      ['two months', [member(), work({ status: 'employed', contributions_until: '2025-08' })]],
      [
        'the latest counts',
        [
          member(),
          work({ status: 'employed', contributions_until: '2025-01' }),
          work({ status: 'none', contributions_until: '2025-08' }),
        ],
      ],
      ['a month before the year', [member(), work({ contributions_until: '2024-10' })]],
      ['unknown', [member(), work({ status: 'employed' })]],
      [
        'a second earner',
        [
          member(),
          work({ status: 'employed', contributions_until: '2025-07' }),
          second,
          work({ person_id: P2, status: 'flexible' }),
        ],
      ],
      ['dibao', [assistance(), work({ status: 'employed', contributions_until: '2025-07' })]],
    ],
  },
  'INC-03': {
    fires: [
      ['a fen below', [exited('7499.99')]],
      ['the line of 2023', [exited('7299.99')], { month: '2023-10' }],
      ['residence unknown', [monitored({ risk: 'eliminated', income_per_capita_year: 0 })]],
    ],
    short: [
      ['the line', [exited(7500)]],
      ['the line of 2023', [exited(7300)], { month: '2023-10' }],
      ['urban', [assistance({ status: 'exited', residence: 'urban', income_per_capita_year: 1 })]],
      ['open risk', [monitored({ income_per_capita_year: 1 })]],
      ['basic guarantee', [exited(1), assistance({ person_id: P2, programme: 'orphan' })]],
      ['unknown', [exited('')]],
    ],
  },
  'FAM-03': {
    fires: [
      ['18, a fen below', [unable('5999.99'), member({ birth_month: '2007-10' })]],
      [
        'by monitored',
        [adultMember, unable(0, { labour_capacity: '' }), monitored({ labour_capacity: 'none' })],
      ],
      ['paid a year ago', [adultMember, unable(0), work({ contributions_until: '2024-10' })]],
    ],
    short: [
      ['17', [unable(0), member({ birth_month: '2007-11' })]],
      ['the standard', [adultMember, unable(6000)]],
      ['income unknown', [adultMember, unable('')]],
      [
        'supporter',
        [adultMember, unable(0), member({ person_id: P2, household_id: H2, supporter_of: P1 })],
      ],
      [
        'able member',
        [adultMember, unable(0), assistance({ person_id: P2, labour_capacity: 'partial' })],
      ],
      [
        'earner',
        [adultMember, unable(0), second, work({ person_id: P2, contributions_until: '2024-11' })],
      ],
      ['able by another row', [adultMember, unable(0), monitored({ labour_capacity: 'full' })]],
      ['capacity unknown', [adultMember, unable(0, { labour_capacity: '' })]],
      ['tekun', [adultMember, unable(0), assistance({ programme: 'tekun_dispersed' })]],
    ],
  },
  'FAM-04': {
    fires: [
      ['alone', [member({ birth_month: '2007-11' })]],
      ['the adult is dead', [child, adult2, fact({ person_id: P2, until: '2025-10-31' })]],
      ['the adult is disabled', [child, adult2, certificate({ person_id: P2 })]],
      ['no carer', [child, certificate()]],
    ],
    short: [
      ['18', [member({ birth_month: '2007-10' })]],
      ['unknown', [member()]],
      ['an adult', [child, adult2]],
      ['of unknown age', [child, second]],
      ['the finding ended', [child, adult2, fact({ person_id: P2, until: '2025-10-30' })]],
      ['not severe', [child, adult2, certificate({ person_id: P2, grade: 3 })]],
      ['orphan', [child, assistance({ programme: 'orphan' })]],
      ['no home', [enrolment({ status: 'absent' })]],
    ],
  },
  'MOV-01': {
    fires: [
      ['the first day', [moved({ status_date: '2024-11-01' })]],
      [
        'only marginal there',
        [moved(), assistance({ county: OTHER_COUNTY, programme: 'marginal' })],
      ],
    ],
    short: [
      ['a day too old', [moved({ status_date: '2024-10-31' })]],
      ['unknown', [moved({ relocated: '' })]],
      ['taken over', [moved(), assistance({ county: OTHER_COUNTY, status: 'grace' })]],
      ['marginal', [moved({ programme: 'marginal' })]],
      ['refused', [moved({ status: 'refused' })]],
      ['in two rows', [moved({ relocated: 'N' }), moved({ status: 'applied' })]],
    ],
  },
  'LST-02': {
    fires: [
      ['dibao', [assistance(), monitored({ measures: 0 })]],
      [
        'smallest',
        [assistance({ programme: '131' }), monitored({ measures: 2 }), monitored({ measures: 0 })],
      ],
    ],
    short: [
      ['one', [assistance(), monitored({ measures: 1 })]],
      ['unknown', [assistance(), monitored()]],
      [
        'eliminated',
        [assistance(), monitored({ measures: 1 }), monitored({ risk: 'eliminated', measures: 0 })],
      ],
      ['marginal', [assistance({ programme: 'marginal' }), monitored({ measures: 0 })]],
    ],
  },
  'X-DTH': {
    fires: [
      [
        'temporary aid',
        [assistance({ programme: 'temporary_aid' }), fact({ until: '2025-10-31' })],
      ],
      ['replaced', [assistance(), fact({ until: '2025-10-01' }, '2025-10'), fact({})]],
    ],
    short: [
      ['ended', [assistance(), fact({ until: '2025-10-30' })]],
      ['exited', [left, fact()]],
      [
        'replaced',
        [
          assistance(),
          fact({ since: '2025-09-01' }, '2025-09'),
          fact({ since: '20250901', until: '2025-10-30' }),
        ],
      ],
    ],
  },
  'X-FIN': {
    fires: [['paid', [assistance(), fact({ kind: 'fiscal_payroll', since: '2025-10-31' })]]],
    short: [
      ['grace', [assistance({ status: 'grace' }), fact({ kind: 'fiscal_payroll' })]],
      ['other person', [assistance(), fact({ kind: 'fiscal_payroll', person_id: P2 })]],
    ],
  },
  'X-PEN': {
    fires: [['pension', [assistance(), fact({ kind: 'pension' })]]],
    short: [['tekun', [assistance({ programme: 'tekun_dispersed' }), fact({ kind: 'pension' })]]],
  },
  'X-BIZ': {
    fires: [['business', [assistance(), fact({ kind: 'business' })]]],
    short: [['ended', [assistance(), fact({ kind: 'business', until: '2025-10-30' })]]],
  },
  'X-HSE': {
    fires: [['a home', [assistance(), estate({})]]],
    short: [
      ['unknown', [assistance(), estate({ relocation_housing: '' })]],
      ['relocation', [assistance(), estate({ relocation_housing: 'Y' })]],
      [
        'corrected later',
        [
          assistance(),
          estate({ since: '2025-09-01' }, '2025-09'),
          estate({ since: '2025-09-01', relocation_housing: '是' }),
        ],
      ],
    ],
  },
  'X-AST': {
    fires: ['vehicle', 'deposit', 'housing_fund'].map((kind) => [
      kind,
      [assistance(), fact({ kind })],
    ]),
    short: [['payroll', [assistance(), fact({ kind: 'fiscal_payroll' })]]],
  },
  'X-DUP': {
    fires: [
      ['programme', [assistance(), assistance({ programme: 'orphan', status: 'grace' })]],
      ['county', [assistance(), assistance({ county: OTHER_COUNTY })]],
    ],
    short: [
      ['township', [assistance(), assistance({ township: `${COUNTY}002` })]],
      ['code', [assistance(), assistance({ programme: '120' })]],
      ['exited', [assistance(), assistance({ programme: 'orphan', status: 'exited' })]],
    ],
  },
  'X-GRC': {
    fires: [
      [
        '30 days',
        [
          assistance({
            status: 'grace',
            grace_reason: 'state_employment',
            grace_start: '2025-08-30',
          }),
        ],
      ],
      [
        'clamped',
        [assistance({ status: 'grace', grace_reason: 'other', grace_start: '2025-05-31' })],
      ],
    ],
    short: [
      [
        '31 days',
        [
          assistance({
            status: 'grace',
            grace_reason: 'state_employment',
            grace_start: '2025-09-01',
          }),
        ],
      ],
      [
        '6 months',
        [
          assistance({
            status: 'grace',
            grace_reason: 'flexible_employment',
            grace_start: '2025-06-01',
          }),
        ],
      ],
      ['no reason', [assistance({ status: 'grace', grace_start: '2024-06-01' })]],
      ['active', [assistance({ grace_reason: 'other', grace_start: '2024-06-01' })]],
    ],
  },
  'X-REV': {
    fires: [
      ['a day before', [assistance({ review_date: '2024-10-30' })]],
      [
        'shorter interval',
        [assistance({ review_date: '2025-04-29' })],
        {
          parameters: [
            { name: 'review-interval', region: COUNTY, from: '2025-01-01', to: null, value: 6 },
          ],
        },
      ],
    ],
    short: [
      ['the end of M', [assistance({ review_date: '2024-10-31' })]],
      [
        'clamped to the end of M',
        [assistance({ review_date: '2024-02-29' })],
        { month: '2025-02' },
      ],
      ['grace', [assistance({ status: 'grace', review_date: '2020-10-30' })]],
      ['marginal', [assistance({ programme: 'marginal', review_date: '2020-10-30' })]],
      ['empty', [assistance()]],
    ],
  },
};

it('has cases for every rule', () => {
  expect(Object.keys(CASES).sort()).toEqual([...RULE_NAMES].sort());
});

const named = (cases: readonly Case[]) =>
  cases.map(([what, lines, extra = {}]) => ({ what, lines, extra }));

describe.each(Object.entries(CASES))('%s', (rule, { fires, short }) => {
  it.each(named(fires))('holds: $what', ({ lines, extra }) => {
    expect(rules(lines, extra)).toContain(rule);
  });
  it.each(named(short))('does not hold: $what', ({ lines, extra }) => {
    expect(rules(lines, extra)).not.toContain(rule);
  });
});

/** What is ahead at the end of October: two months on is 31 December. */
const AHEAD: Readonly<
  Record<string, readonly (readonly [string, readonly Line[], readonly string[], Extra?])[]>
> = {
  'FAM-02': [
    ['18 next month', [monitored({ birth_month: '2007-11' })], ['2025-11-01']],
    ['60 in two', [monitored(), member({ birth_month: '196512' })], ['2025-12-01']],
    [
      '80 in two, low-income elsewhere',
      [assistance(), member({ birth_month: '1945-12' })],
      ['2025-12-01'],
    ],
    ['18 this month', [monitored({ birth_month: '2007-10' })], []],
    ['18 in three', [monitored({ birth_month: '2008-01' })], []],
    ['not low-income', [member({ birth_month: '2007-11' })], []],
    ['unknown', [monitored()], []],
  ],
  'EDU-06': [
    ['next month', [assistance(), graduate('2025-11')], ['2025-11-30']],
    [
      'the earliest',
      [assistance(), graduate('2026-07'), graduate('2025-12'), graduate('2025-01')],
      ['2025-12-31'],
    ],
    ['this month', [assistance(), graduate('2025-10')], []],
    ['in three', [assistance(), graduate('2026-01')], []],
    [
      'suspended',
      [
        assistance(),
        enrolment({ stage: 'senior', status: 'suspended', graduation_month: '2025-11' }),
      ],
      [],
    ],
    ['junior', [assistance(), enrolment({ stage: 'junior', graduation_month: '2025-11' })], []],
    [
      'last day of April, from February',
      [assistance(), graduate('2025-04')],
      [],
      { month: '2025-02' },
    ],
    ['not low-income', [member(), graduate('2025-11')], []],
  ],
  'DIS-07': [
    ['the last day', [assistance(), certificate({ valid_until: '2025-12-31' })], ['2025-12-31']],
    [
      'the latest',
      [
        assistance(),
        certificate({ valid_until: '2025-11-01' }),
        certificate({ valid_until: '2025-11-20' }),
      ],
      ['2025-11-20'],
    ],
    ['a day later', [assistance(), certificate({ valid_until: '2026-01-01' })], []],
    ['the end of M', [assistance(), certificate({ valid_until: '2025-10-31' })], []],
    [
      'another without end',
      [assistance(), certificate({ valid_until: '2025-11-01' }), certificate({ grade: 3 })],
      [],
    ],
    [
      'cancelled',
      [assistance(), certificate({ valid_until: '2025-11-01', status: 'cancelled' })],
      [],
    ],
    ['not low-income', [member(), certificate({ valid_until: '2025-11-01' })], []],
  ],
  'FAM-07': [
    ['clamped', [inGrace('state_employment', '2025-08-31')], ['2025-11-30']],
    [
      'two reasons on one day',
      [inGrace('state_employment', '2025-08-05'), inGrace('other', '2025-05-05', P2)],
      ['2025-11-05', '2025-11-05'],
    ],
    [
      'the earliest of a reason is over',
      [inGrace('other', '2025-04-01'), inGrace('other', '2025-06-01', P2)],
      [],
    ],
    [
      'the end of M',
      [inGrace('other', '2025-04-30'), inGrace('state_employment', '2025-07-31')],
      [],
    ],
    ['a day too far', [inGrace('other', '2025-07-01')], []],
    ['no reason', [inGrace('', '2025-06-01')], []],
    ['no start', [inGrace('other', '')], []],
    ['active', [assistance({ grace_reason: 'other', grace_start: '2025-06-01' })], []],
  ],
  'INC-04': [
    ['seven tenths', [exited('7000.07'), before('10000.10')], ['2025-12-31']],
    ['from February', [exited(7), before(10, '2024-08')], ['2025-04-28'], { month: '2025-02' }],
    ['a fen more', [exited('7000.08'), before('10000.10')], []],
    ['nothing before', [exited(0), before(0)], []],
    ['unknown before', [exited(0), before('')], []],
    ['unknown now', [exited(''), before(100)], []],
  ],
  'ILL-06': [
    ['to the fen', [member(), inpatient('16666.67')], ['2025-12-31']],
    ['low-income', [assistance(), inpatient('4166.67')], ['2025-12-31']],
    ['a fen short', [member(), inpatient('16666.66')], []],
    ['reached', [member(), inpatient(20000)], []],
    [
      'not beyond December',
      [member(), inpatient('18333.33', '2025-11-01')],
      [],
      { month: '2025-11' },
    ],
    [
      'one month is left',
      [member(), inpatient('18333.34', '2025-11-01')],
      ['2026-01-30'],
      { month: '2025-11' },
    ],
    ['none in December', [member(), inpatient('19999.99')], [], { month: '2025-12' }],
  ],
};

it('has cases for every rule that looks ahead', () => {
  expect(Object.keys(AHEAD).sort()).toEqual([...WATCH_NAMES].sort());
});

describe.each(Object.entries(AHEAD))('%s', (rule, cases) => {
  it.each(cases.map(([what, lines, days, extra = {}]) => ({ what, lines, days, extra })))(
    'looks ahead: $what',
    ({ lines, days, extra }) => {
      expect(ahead(lines, extra).filter((each) => each.startsWith(rule))).toEqual(
        days.map((day) => `${rule} ${day}`),
      );
    },
  );
});

describe('warnings', () => {
  it('carry the household of civil affairs and its county', () => {
    const lines = [
      monitored({ household_id: H2, county: OTHER_COUNTY }),
      member(),
      insurance({ insured: 'false', county: OTHER_COUNTY }),
    ];
    expect(evaluate(lines).warnings.filter(({ rule }) => rule === 'ILL-05')).toEqual([
      {
        month: MONTH,
        rule: 'ILL-05',
        subject: 'person',
        person_id: P1,
        household_id: H1,
        county: COUNTY,
      },
    ]);
    const households = evaluate(lines).warnings.filter(({ rule }) => rule === 'MAR-01');
    // Open risk is the person's, in whichever household the person is.
    expect(households.map(({ household_id, county }) => [household_id, county])).toEqual([
      [H1, COUNTY],
      [H2, OTHER_COUNTY],
    ]);
  });

  it('name persons without a household', () => {
    expect(evaluate([enrolment({ status: 'absent' })]).warnings).toEqual([
      {
        month: MONTH,
        rule: 'EDU-02',
        subject: 'person',
        person_id: P1,
        household_id: '',
        county: COUNTY,
      },
    ]);
  });

  it('leave out rows of another province', () => {
    expect(rules([enrolment({ status: 'absent', county: '510104' })])).toEqual([]);
  });
});

describe('missing extracts', () => {
  const missing = (lines: readonly Line[], extra: Extra): string[] =>
    evaluate(lines, extra).notEvaluated.map(({ rule, county, missing: what }) =>
      [rule, county, what].join(' '),
    );

  it('block the rules that read them', () => {
    const without = [`civil-affairs/members/${MONTH}`];
    expect(missing([], { without })).toEqual([
      `FAM-03 ${COUNTY} civil-affairs/members ${MONTH}`,
      `FAM-03 ${OTHER_COUNTY} civil-affairs/members ${MONTH}`,
      `FAM-01 ${COUNTY} civil-affairs/members ${MONTH}`,
      `FAM-01 ${OTHER_COUNTY} civil-affairs/members ${MONTH}`,
    ]);
    expect(rules([monitored()], { without })).toEqual(['MAR-01']);
  });

  it('block DIS-03 when the month before is missing', () => {
    const without = ['disabled-federation/certificates/2025-09'];
    expect(missing([], { without })[0]).toBe(
      `DIS-03 ${COUNTY} disabled-federation/certificates 2025-09`,
    );
    expect(rules([certificate()], { without })).toEqual([]);
  });

  it('block a county that the manifest does not list', () => {
    const manifests = { [`education/enrolment/${MONTH}`]: { counties: [OTHER_COUNTY] } };
    const lines = [
      assistance(),
      enrolment({ status: 'absent' }),
      enrolment({ status: 'absent', person_id: P2, county: OTHER_COUNTY }),
    ];
    const found = evaluate(lines, { manifests });
    expect(found.warnings.map(({ rule, person_id }) => [rule, person_id])).toEqual([
      ['EDU-02', P2],
    ]);
    expect(new Set(found.notEvaluated.map(({ county }) => county))).toEqual(new Set([COUNTY]));
  });
});
