/** The calculators at their boundaries. What differs between localities stands in localities.test.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Month } from '../../core/month.ts';
import { ageAt } from '../../warnings/calculators/age.ts';
import { below, yuan, type Range } from '../../warnings/calculators/answer.ts';
import { benefitEstimate, topUpEstimate } from '../../warnings/calculators/benefit.ts';
import {
  confirmationDue,
  deathCheckDue,
  monitoredIdentificationDue,
  publicityEnd,
} from '../../warnings/calculators/deadlines.ts';
import { graceEnd } from '../../warnings/calculators/grace.ts';
import { householdIncome, type IncomeCase } from '../../warnings/calculators/income.ts';
import { reviewDue } from '../../warnings/calculators/review.ts';
import { singlePerson, type SinglePersonCase } from '../../warnings/calculators/single-person.ts';
import { supportFeeExemption, type Supporter } from '../../warnings/calculators/support-fee.ts';
import {
  addWorkingDays,
  orNextWorkingDay,
  workingDaysAfter,
} from '../../warnings/calculators/working-days.ts';
import { locality } from '../support/localities.ts';

const DAY = '2023-09-15';
const guizhou = locality('guizhou', DAY);
const chuxiong = locality('chuxiong', DAY);
const yuncheng = locality('yuncheng', DAY);
const fenxi = locality('fenxi', DAY);

const exactly = (amount: string | number): Range => ({
  least: yuan(amount, 'an amount'),
  most: yuan(amount, 'an amount'),
});
const texts = ({ least, most }: Range): [string, string | null] => [
  least.toString(),
  most?.toString() ?? null,
];

describe('a locality', () => {
  it('answers with the citation, and names the nearest figure for one there is not', () => {
    expect(fenxi.number('spot-check-share')).toEqual({
      value: 0.3,
      citation: {
        doc: '汾西县2023年城乡低保专项核查工作实施方案（试行）',
        clause: '四（三）',
        region: '141034',
        from: '2023-01-01',
        unverified: false,
      },
    });
    expect(guizhou.number('refusal-review-days')).toBeNull();
    expect(() => guizhou.number('spot-check-shares' as 'spot-check-share')).toThrow(
      /no parameter 'spot-check-shares'/,
    );
    expect(() => fenxi.flag('spot-check-share')).toThrow(/not a yes\/no figure/);
  });
});

describe('an age', () => {
  it.each([
    ['2007-09-16', 15],
    ['2007-09-15', 16],
    ['2005-09-16', 17],
    ['2005-09-15', 18],
    ['1963-09-16', 59],
    ['1963-09-15', 60],
    // A month of birth counts from its last day.
    ['2005-09', 17],
    ['2005-08', 18],
  ])('of somebody born %s is %i on 15 September 2023', (birth, age) => {
    expect(ageAt(birth, DAY)).toBe(age);
  });
  it('of somebody born on a leap day changes on the last day of February', () => {
    expect(
      ['2022-02-27', '2022-02-28', '2024-02-28', '2024-02-29'].map((d) => ageAt('2004-02-29', d)),
    ).toEqual([17, 18, 19, 20]);
  });
  it('needs a date that there is', () => {
    expect(() => ageAt('2023-02-30', DAY)).toThrow(/not a date or month/);
    expect(() => ageAt('1985', DAY)).toThrow(/not a date or month/);
  });
});

describe('a comparison', () => {
  it('is strict, exact, and open while the range spans the bound', () => {
    const bound = yuan(6000, 'the standard');
    expect(below(exactly('5999.99'), bound)).toBe('meets');
    expect(below(exactly(6000), bound)).toBe('does-not-meet');
    expect(below({ least: yuan(5000, ''), most: yuan(6000, '') }, bound)).toBe('unknown');
    expect(below({ least: yuan(5000, ''), most: null }, bound)).toBe('unknown');
    expect(below({ least: yuan(6000, ''), most: null }, bound)).toBe('does-not-meet');
  });
});

describe('working days', () => {
  it('skip weekends and holidays, and count make-up days', () => {
    // Mid-Autumn and National Day 2023: 29 September to 6 October off, 7 and 8 October worked.
    expect(addWorkingDays('2023-09-27', 1).date).toBe('2023-09-28');
    expect(addWorkingDays('2023-09-28', 1).date).toBe('2023-10-07');
    expect(addWorkingDays('2023-10-07', 1).date).toBe('2023-10-08');
    // The seven days of the holiday count for nothing, the Saturday after it for one.
    expect(workingDaysAfter('2023-09-28', '2023-10-06')).toBe(0);
    expect(workingDaysAfter('2023-09-27', '2023-10-08')).toBe(3);
    expect(workingDaysAfter('2023-10-08', '2023-10-07')).toBe(0);
    expect(orNextWorkingDay('2023-10-06')).toEqual({ date: '2023-10-07', provisional: false });
    expect(orNextWorkingDay('2023-10-07').date).toBe('2023-10-07');
  });
  it.each([
    ['township', '2023-10-07'],
    ['county', '2023-10-19'],
  ] as const)('of a %s confirmation accepted on 1 September 2023 end on %s', (level, date) => {
    expect(confirmationDue(chuxiong, { accepted: '2023-09-01', level, extension: null }).date).toBe(
      date,
    );
  });
  it('are 45 for a reason the notice names, and no more for another one', () => {
    const due = (extension: string) =>
      confirmationDue(chuxiong, { accepted: '2023-09-01', extension });
    expect(due('separated-registration').date).toBe('2023-11-09');
    const other = due('holiday of the clerk');
    expect(other.date).toBe('2023-10-19');
    expect(other.lines.map(({ en }) => en).join()).toContain('do not name this reason');
  });
  it('are provisional when a year on the way is not published, and the answer says so', () => {
    const far = confirmationDue(chuxiong, { accepted: '2098-12-01', extension: null });
    expect(far.provisional).toBe(true);
    expect(far.lines.at(-1)?.zh).toContain('暂定');
    // 1 to 3 January 2026 off, Sunday the 4th worked.
    expect(addWorkingDays('2025-12-01', 30)).toEqual({ date: '2026-01-13', provisional: false });
    // The notice of the next year may still move the last days of December.
    expect([
      addWorkingDays('2098-01-04', 1).provisional,
      addWorkingDays('2024-12-20', 5).provisional,
    ]).toEqual([true, false]);
  });
});

describe('calendar clocks', () => {
  it('end on the last day of a shorter month, leap years included', () => {
    expect(deathCheckDue(guizhou, '2023-11-30').date).toBe('2024-02-29');
    expect(deathCheckDue(guizhou, '2022-11-30').date).toBe('2023-02-28');
    expect(deathCheckDue(guizhou, '2023-08-31').date).toBe('2023-11-30');
  });
  it('run apart for dibao and for monitored households', () => {
    expect(publicityEnd(chuxiong, { posted: '2024-02-25', of: 'dibao' }).date).toBe('2024-03-03');
    expect(publicityEnd(chuxiong, { posted: '2024-02-25', of: 'monitored' }).date).toBe(
      '2024-03-01',
    );
    const found = monitoredIdentificationDue(chuxiong, '2023-09-01');
    expect([found.date, found.lines[0]?.citation?.unverified]).toEqual(['2023-09-16', true]);
  });
});

describe('grace', () => {
  const end = (start: string) => graceEnd(guizhou, { start, reason: 'state_employment' }).end;
  it('clamps to the last day of the month', () => {
    expect(['2023-08-31', '2023-11-29', '2023-11-30', '2022-11-30', '2023-12-01'].map(end)).toEqual(
      ['2023-11-30', '2024-02-29', '2024-02-29', '2023-02-28', '2024-03-01'],
    );
  });
  it('of 2020 is 3 to 12 months in Guizhou', () => {
    const {
      earliest,
      end: usual,
      latest,
    } = graceEnd(locality('guizhou', '2020-12-31'), { start: '2020-12-31', reason: 'other' });
    expect([earliest, usual, latest]).toEqual(['2021-03-31', '2021-03-31', '2021-12-31']);
  });
});

describe('a review', () => {
  const due = (stableIncome: boolean | null, labour: boolean | null) => {
    const { due: date, provisional } = reviewDue(yuncheng, {
      last: '2023-08-31',
      programme: 'dibao',
      stableIncome,
      labour,
    });
    return [date, provisional];
  };
  it('in Yuncheng is due after 6 months with unstable income and labour, else after 12', () => {
    expect(due(false, true)).toEqual(['2024-02-29', false]);
    expect(due(true, true)).toEqual(['2024-08-31', false]);
    expect(due(false, false)).toEqual(['2024-08-31', false]);
  });
  it('is due at the sooner date while stability or labour is unknown', () => {
    expect(due(null, true)).toEqual(['2024-02-29', true]);
    expect(due(false, null)).toEqual(['2024-02-29', true]);
    expect(due(null, false)).toEqual(['2024-08-31', false]);
  });
});

describe('a support fee', () => {
  const supporter = (over: Partial<Supporter>): Supporter => ({
    sibling: false,
    age: 60,
    incomePerHead: 13_999.99,
    status: 'none',
    ...over,
  });
  const share = (over: Partial<Supporter>, here = chuxiong) => {
    const { least, most } = supportFeeExemption(here, supporter(over), {
      alone: true,
      residence: 'rural',
    });
    return texts({ least, most });
  };
  it('has four branches in Chuxiong', () => {
    expect(share({ sibling: true, age: 20 })).toEqual(['1', '1']);
    expect(share({})).toEqual(['1', '1']);
    expect(share({ incomePerHead: 14_000 })).toEqual(['0.5', '0.5']);
    expect(share({ incomePerHead: 21_000 })).toEqual(['0.5', '0.5']);
    expect(share({ incomePerHead: '27999.99' })).toEqual(['0.5', '0.5']);
    expect(share({ incomePerHead: 28_000 })).toEqual(['0', '0']);
  });
  it('is left out from 60 on, not at 59', () => {
    expect(share({ age: 59 })).toEqual(['0', '0']);
    expect(share({ age: 60 })).toEqual(['1', '1']);
  });
  it('stays open while age or income is unknown', () => {
    expect(share({ age: null })).toEqual(['0', '1']);
    expect(share({ incomePerHead: null })).toEqual(['0', '1']);
  });
  it('is the office’s to decide in Guizhou, within what the notice allows and only with a record', () => {
    expect(share({}, guizhou)).toEqual(['0', '1']);
    expect(share({ decided: { share: 0.4, record: ' ' } }, guizhou)).toEqual(['0', '1']);
    expect(share({ decided: { share: 0.4, record: 'RD-1' } }, guizhou)).toEqual(['0.4', '0.4']);
    expect(() => share({ decided: { share: 1.1, record: 'RD-1' } }, guizhou)).toThrow(
      /outside what the notice allows/,
    );
  });
  it('of a poor obligor does not count in Yuncheng, whoever is assessed', () => {
    const of = (status: Supporter['status'], here = yuncheng) => {
      const { least, most } = supportFeeExemption(here, supporter({ status }), {
        alone: false,
        residence: 'rural',
      });
      return texts({ least, most });
    };
    expect([of('tekun'), of('dibao'), of('low-income'), of('none'), of(null)]).toEqual([
      ['1', '1'],
      ['1', '1'],
      ['1', '1'],
      ['0', '0'],
      ['0', '1'],
    ]);
    expect(of('dibao', chuxiong)).toEqual(['0', '0']);
  });
  it('is exempt only for a person assessed alone', () => {
    const { most } = supportFeeExemption(chuxiong, supporter({ sibling: true }), {
      alone: false,
      residence: 'rural',
    });
    expect(most.toString()).toBe('0');
  });
});

const member = (over: Partial<IncomeCase['members'][number]>): IncomeCase['members'][number] => ({
  wage: 0,
  business: 0,
  property: 0,
  transfer: 0,
  basicPension: 0,
  monthsEmployed: 0,
  ...over,
});
const home = (over: Partial<IncomeCase>): IncomeCase => ({
  residence: 'rural',
  members: [member({})],
  supportFees: [],
  alone: false,
  registeredPoor: false,
  expenditure: null,
  villageReview: null,
  townshipFiling: null,
  ...over,
});

describe('a household’s income', () => {
  it('is the sum of four kinds, per head rounded once', () => {
    const { gross, net, perHead } = householdIncome(
      fenxi,
      home({
        members: [
          member({ wage: '0.10', business: '0.20' }),
          member({ property: 5 }),
          member({ transfer: '4.70' }),
        ],
      }),
    );
    expect(Object.entries(gross).map(([kind, amount]) => `${kind} ${amount.toString()}`)).toEqual([
      'wage 0.1',
      'business 0.2',
      'property 5',
      'transfer 4.7',
    ]);
    expect(texts(net)).toEqual(['10', '10']);
    expect(texts(perHead)).toEqual(['3.33', '3.33']);
  });
  it('is never compared rounded: three persons one fen below the standard together', () => {
    const { net, perHead } = householdIncome(
      fenxi,
      home({ members: [member({ wage: '17999.99', monthsEmployed: 12 }), member({}), member({})] }),
    );
    expect(perHead.most?.toString()).toBe('6000');
    expect(below(net, yuan(18_000, 'three standards'))).toBe('meets');
  });
  it('is open at the top while a kind is not stated', () => {
    const { net, unstated } = householdIncome(
      fenxi,
      home({ members: [member({ wage: 3000, monthsEmployed: 12, property: null })] }),
    );
    expect(texts(net)).toEqual(['3000', null]);
    expect(unstated).toEqual(['property']);
  });
  it('loses 30 % of the urban standard per working member and month, never more than the wage', () => {
    const net = (wage: number, monthsEmployed: number | null) =>
      texts(householdIncome(yuncheng, home({ members: [member({ wage, monthsEmployed })] })).net);
    expect(net(10_000, 12)).toEqual(['7750', '7750']);
    expect(net(10_000, 4)).toEqual(['9250', '9250']);
    expect(net(2000, 12)).toEqual(['0', '0']);
    expect(net(10_000, null)).toEqual(['7750', '10000']);
    expect(() => net(10_000, 13)).toThrow(/number of months/);
  });
  it('counts the basic pension in Yuncheng from 2026 on, and an unknown one only where it counts', () => {
    const net = (day: string, basicPension: number | null) =>
      texts(
        householdIncome(locality('yuncheng', day), home({ members: [member({ basicPension })] }))
          .net,
      );
    expect(net('2025-12-31', 1500)).toEqual(['0', '0']);
    expect(net('2026-01-01', 1500)).toEqual(['1500', '1500']);
    expect(net('2025-12-31', null)).toEqual(['0', '0']);
    expect(net('2026-01-01', null)).toEqual(['0', null]);
  });
  it('of an expenditure household drops the fees exactly below the standard only, with both papers', () => {
    const net = (wage: number, papers: Partial<IncomeCase>) => {
      const { net: range, lacking } = householdIncome(
        yuncheng,
        home({
          members: [member({ business: wage })],
          supportFees: [
            { sibling: false, age: 40, incomePerHead: 50_000, status: 'none', fee: 1000 },
          ],
          expenditure: { amount: 4000, cause: 'schooling', proof: 'bill 1' },
          ...papers,
        }),
      );
      return [...texts(range), ...lacking];
    };
    const both = { villageReview: '2023-09-02', townshipFiling: 'BA-7' };
    // 9,000 and 1,000 less 4,000 is the standard itself: no hardship.
    expect(net(9000, both)).toEqual(['10000', '10000']);
    expect(net(8999.99, both)).toEqual(['8999.99', '8999.99']);
    expect(net(8999.99, { villageReview: '2023-09-02' })).toEqual([
      '8999.99',
      '9999.99',
      'township-filing',
    ]);
    expect(net(8999.99, {})).toEqual(['8999.99', '9999.99', 'village-review', 'township-filing']);
  });
  it('deducts costs of employment as they are in Guizhou in 2020, with proof', () => {
    const net = (proof: string | null) => {
      const { net: range, lacking } = householdIncome(
        locality('guizhou', '2020-06-30'),
        home({
          members: [
            member({ wage: 9000, monthsEmployed: 12, employmentCost: { amount: 1200, proof } }),
          ],
        }),
      );
      return [...texts(range), ...lacking];
    };
    expect(net('ticket 1')).toEqual(['7800', '7800']);
    expect(net(null)).toEqual(['7800', '9000', 'employment-cost-proof']);
  });
  it('deducts rigid expenditure in Guizhou in 2020 from registered poor households only', () => {
    const net = (registeredPoor: boolean) =>
      texts(
        householdIncome(
          locality('guizhou', '2020-06-30'),
          home({
            registeredPoor,
            members: [member({ business: 9000 })],
            expenditure: { amount: 5000, cause: 'illness', proof: 'bill 1' },
          }),
        ).net,
      );
    expect([net(true), net(false)]).toEqual([
      ['4000', '4000'],
      ['9000', '9000'],
    ]);
  });
  it('is never below zero, and takes no negative amount', () => {
    expect(
      texts(
        householdIncome(
          guizhou,
          home({ expenditure: { amount: 5000, cause: 'illness', proof: 'bill 1' } }),
        ).net,
      ),
    ).toEqual(['0', '0']);
    expect(() => householdIncome(guizhou, home({ members: [member({ business: -1 })] }))).toThrow(
      /not an amount of yuan/,
    );
    expect(() => householdIncome(guizhou, home({ members: [] }))).toThrow(/at least one member/);
  });
  it('says each deduction with amount and clause', () => {
    const { deductions } = householdIncome(
      yuncheng,
      home({ members: [member({ wage: 10_000, monthsEmployed: 12 })] }),
    );
    expect(
      deductions.map(({ from, sure, lines }) => [
        from,
        sure.toString(),
        lines[0]?.zh,
        lines[0]?.citation?.clause,
      ]),
    ).toEqual([['wage', '2250', '就业成本按城市低保标准的30%扣减（12个月）', '二（一）']]);
  });
  it('only narrows when a paper comes in', () => {
    const paper = fc.option(fc.constant('N-1'), { nil: null });
    const amount = fc.constantFrom(0, 0.01, 999.99, 6000, 12_000);
    fc.assert(
      fc.property(
        fc.constantFrom(guizhou, chuxiong, yuncheng, fenxi),
        fc.record({
          wage: amount,
          pension: fc.option(amount),
          fee: amount,
          cost: amount,
          alone: fc.boolean(),
          status: fc.constantFrom('none', 'dibao', null),
        }),
        fc.tuple(paper, paper, paper),
        (
          here,
          { wage, pension, fee, cost, alone, status },
          [proof, villageReview, townshipFiling],
        ) => {
          const asked = home({
            alone,
            members: [member({ wage, monthsEmployed: 12, basicPension: pension }), member({})],
            supportFees: [{ sibling: true, age: 62, incomePerHead: 20_000, status, fee }],
            expenditure: { amount: cost, cause: 'illness', proof },
            villageReview,
            townshipFiling,
          });
          const some = householdIncome(here, asked).net;
          const all = householdIncome(here, {
            ...asked,
            expenditure: { amount: cost, cause: 'illness', proof: 'N-1' },
            villageReview: 'N-2',
            townshipFiling: 'N-3',
          }).net;
          expect(some.least.gte(0)).toBe(true);
          expect(some.most === null || some.least.lte(some.most)).toBe(true);
          expect(all.least.gte(some.least)).toBe(true);
          expect(some.most === null || all.most?.lte(some.most) === true).toBe(true);
        },
      ),
    );
  });
});

describe('a single-person household', () => {
  const CASE: SinglePersonCase = {
    person: {
      birth: '1985-03-10',
      hasJob: false,
      certificate: { category: 'physical', grade: 2 },
      seriouslyIll: false,
      residence: 'rural',
      ownIncome: exactly(0),
    },
    family: {
      size: 3,
      income: exactly(21_600),
      assetsWithin: true,
      recognised: null,
      registeredPoor: false,
    },
    application: 'A-1',
    meansCheck: 'H-1',
  };
  const verdict = (
    person: Partial<SinglePersonCase['person']>,
    family: Partial<SinglePersonCase['family']> = {},
    here = chuxiong,
  ) =>
    singlePerson(here, {
      ...CASE,
      person: { ...CASE.person, ...person },
      family: { ...CASE.family, ...family },
    }).verdict;
  const ill = { certificate: 'none', seriouslyIll: true } as const;

  it('of a marginal family: from the standard on and below 1.5 times of it', () => {
    const at = (income: string) => verdict(ill, { income: exactly(income) });
    expect(['17999.99', '18000', '26999.99', '27000'].map(at)).toEqual([
      'does-not-meet',
      'meets',
      'meets',
      'does-not-meet',
    ]);
  });
  it('of an adult without a job: 18, own income below the standard', () => {
    const family = { income: exactly(90_000) };
    expect(['2005-09-16', '2005-09-15', null].map((birth) => verdict({ birth }, family))).toEqual([
      'does-not-meet',
      'meets',
      'unknown',
    ]);
    expect(['5999.99', '6000'].map((own) => verdict({ ownIncome: exactly(own) }, family))).toEqual([
      'meets',
      'does-not-meet',
    ]);
    expect([verdict({ hasJob: null }, family), verdict({ hasJob: true }, family)]).toEqual([
      'unknown',
      'does-not-meet',
    ]);
  });
  it.each([
    ['physical', 2, 'meets'],
    ['physical', 3, 'does-not-meet'],
    ['intellectual', 3, 'meets'],
    ['mental', 3, 'meets'],
    ['mental', 4, 'does-not-meet'],
    ['multiple', 2, 'meets'],
    ['multiple', 3, 'does-not-meet'],
  ] as const)('with a %s disability of grade %i: %s', (category, grade, expected) => {
    for (const here of [chuxiong, fenxi])
      expect(verdict({ certificate: { category, grade } }, {}, here)).toBe(expected);
  });
  it('stays open while the certificate, the assets or the recognition is unknown', () => {
    expect(verdict({ certificate: null, seriouslyIll: null }, {}, fenxi)).toBe('unknown');
    expect(verdict({}, { assetsWithin: null }, fenxi)).toBe('unknown');
    expect(verdict({}, { assetsWithin: false }, fenxi)).toBe('does-not-meet');
    expect(verdict({}, { recognised: null }, yuncheng)).toBe('unknown');
    expect(verdict({}, { recognised: 'none' }, yuncheng)).toBe('does-not-meet');
    expect(
      verdict({}, { recognised: 'marginal', income: null, assetsWithin: null }, yuncheng),
    ).toBe('meets');
    expect(verdict({}, { recognised: 'marginal', income: null, assetsWithin: null }, fenxi)).toBe(
      'meets',
    );
  });
  it('names the papers that are lacking apart from the verdict', () => {
    const { verdict: found, lacking } = singlePerson(chuxiong, {
      ...CASE,
      application: null,
      meansCheck: '',
    });
    expect([found, lacking]).toEqual(['meets', ['application', 'means-check']]);
  });
});

describe('a benefit', () => {
  const monthly = (income: Range | null, persons = 3) => {
    const { amount } = benefitEstimate(fenxi, {
      applicant: 'household',
      residence: 'rural',
      persons,
      income,
      averageSubsidy: null,
    });
    return amount === null ? null : texts(amount);
  };
  it('is the standard less the income, times the persons, rounded once to the fen', () => {
    expect(monthly(exactly(0))).toEqual(['1500', '1500']);
    expect(monthly(exactly('17999.94'))).toEqual(['0.01', '0.01']);
    expect(monthly(exactly('17999.95'))).toEqual(['0', '0']);
    expect(monthly(exactly(18_000))).toEqual(['0', '0']);
    expect(monthly(exactly(30_000))).toEqual(['0', '0']);
    expect(monthly({ least: yuan(6000, ''), most: yuan(12_000, '') })).toEqual(['500', '1000']);
    expect(monthly({ least: yuan(6000, ''), most: null })).toEqual(['0', '1000']);
    expect(monthly(null)).toBeNull();
    expect(() => monthly(exactly(0), 0)).toThrow(/number of persons/);
  });
  it('of Guizhou’s single person is the average of the month before, and of no other month', () => {
    const of = (month: string) => {
      const { amount, lacking } = benefitEstimate(guizhou, {
        applicant: 'single-person',
        residence: 'rural',
        persons: 1,
        income: exactly(0),
        averageSubsidy: { amount: '431.50', month: month as Month },
      });
      return [amount === null ? null : amount.least.toString(), ...lacking];
    };
    expect(of('2023-08')).toEqual(['431.5']);
    expect(of('2023-07')).toEqual([null, 'average-subsidy']);
    expect(of('2023-09')).toEqual([null, 'average-subsidy']);
  });
  it('has one top-up, the largest', () => {
    const of = (...shares: (number | null)[]) => {
      const kinds = ['disabled', 'elderly', 'student'] as const;
      const groups = shares.map((share, i) => ({
        kind: kinds[i] ?? 'disabled',
        decided: share === null ? null : { share, record: 'R-1' },
      }));
      const { amount } = topUpEstimate(guizhou, { residence: 'rural', groups });
      return amount === null ? null : texts(amount);
    };
    expect(of(null)).toEqual(['50', '150']);
    expect(of(0.1)).toEqual(['50', '50']);
    expect(of(0.3, 0.2)).toEqual(['150', '150']);
    expect(of(0.2, null)).toEqual(['100', '150']);
    expect(of()).toBeNull();
    expect(() => of(0.09)).toThrow(/outside what the notice allows/);
    expect(() => of(0.31)).toThrow(/outside what the notice allows/);
  });
});
