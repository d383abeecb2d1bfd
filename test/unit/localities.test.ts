/**
 * The same households in four localities, side by side, with the clause for each difference. Notices: A 黔民发〔2023〕2号
 * (Guizhou), B 楚民发〔2023〕5号 (Chuxiong), C 汾西县2023年实施方案 (Fenxi), D 黔民发〔2020〕9号 (Guizhou, 2020), E
 * 运民发〔2021〕59号 (Yuncheng). 'silent': the local notices say nothing; 'default': no notice backs the figure. All four
 * have a standard of 6,000 (rural) and 7,500 (urban) yuan, and a disposable income of 14,000 (rural): in Fenxi the
 * standards are the notice's own, elsewhere they are this test's.
 */
import { describe, expect, it } from 'vitest';
import type { Month } from '../../core/month.ts';
import type { Range } from '../../warnings/calculators/answer.ts';
import { yuan } from '../../warnings/calculators/answer.ts';
import { benefitEstimate, topUpEstimate } from '../../warnings/calculators/benefit.ts';
import {
  confirmationDue,
  deathCheckDue,
  publicityEnd,
  refusalReviewUntil,
} from '../../warnings/calculators/deadlines.ts';
import { graceEnd } from '../../warnings/calculators/grace.ts';
import { householdIncome, type IncomeCase } from '../../warnings/calculators/income.ts';
import type { Locality } from '../../warnings/calculators/locality.ts';
import type { FigureName } from '../../warnings/figure-names.ts';
import { reviewDue } from '../../warnings/calculators/review.ts';
import { singlePerson, type SinglePersonCase } from '../../warnings/calculators/single-person.ts';
import {
  clauseOf,
  clausesOf,
  COUNTIES,
  locality,
  type LocalityName,
} from '../support/localities.ts';

interface Row {
  readonly household: string;
  /** Day on which the figures must be in force. */
  readonly day: string;
  /** The answer in short, ` · `, the clauses it rests on. */
  readonly ask: (here: Locality) => string;
  readonly guizhou: string;
  readonly chuxiong: string;
  readonly yuncheng: string;
  readonly fenxi: string;
}

const DAY = '2023-09-15';
const range = ({ least, most }: Range): string =>
  most?.eq(least) === true ? least.toString() : `${least.toString()} to ${most?.toString() ?? '?'}`;
const exactly = (amount: number): Range => ({
  least: yuan(amount, 'an amount'),
  most: yuan(amount, 'an amount'),
});

const figure =
  (name: string, where: Record<string, string> = {}) =>
  (here: Locality): string => {
    const found = here.figure(name as FigureName, where);
    return found === null ? 'silent' : `${String(found.value)} · ${clauseOf(found.citation)}`;
  };

/** A family of three: a year's wage, a grandparent's basic pension, a fee from an uncle who is in dibao himself. */
const FAMILY: IncomeCase = {
  residence: 'rural',
  members: [
    { wage: 12_000, business: 0, property: 0, transfer: 0, basicPension: 0, monthsEmployed: 12 },
    { wage: 0, business: 0, property: 0, transfer: 0, basicPension: 1500, monthsEmployed: 0 },
    { wage: 0, business: 0, property: 0, transfer: 0, basicPension: 0, monthsEmployed: 0 },
  ],
  supportFees: [{ sibling: false, age: 50, incomePerHead: 5000, status: 'dibao', fee: 2400 }],
  alone: false,
  registeredPoor: false,
  expenditure: null,
  villageReview: null,
  townshipFiling: null,
};
const income =
  (asked: IncomeCase) =>
  (here: Locality): string => {
    const { net, lacking, lines } = householdIncome(here, asked);
    const papers = lacking.length === 0 ? '' : `, lacking ${lacking.join(' and ')}`;
    return `${range(net)}${papers} · ${clausesOf(lines)}`;
  };

/** Assessed alone: no income but a support fee of 8,000 yuan a year. */
const alone = (supporter: Partial<IncomeCase['supportFees'][number]>): IncomeCase => ({
  ...FAMILY,
  alone: true,
  members: [{ wage: 0, business: 0, property: 0, transfer: 0, basicPension: 0, monthsEmployed: 0 }],
  supportFees: [
    { sibling: false, age: 62, incomePerHead: 13_999.99, status: 'none', fee: 8000, ...supporter },
  ],
});

/** An adult without a job, physical disability grade 2, in a rural family of three at 1.6 times the standard. */
const ADULT: SinglePersonCase = {
  person: {
    birth: '1985-03-10',
    hasJob: false,
    certificate: { category: 'physical', grade: 2 },
    seriouslyIll: false,
    residence: 'rural',
    ownIncome: null,
  },
  family: {
    size: 3,
    income: exactly(28_800),
    assetsWithin: true,
    recognised: 'none',
    registeredPoor: false,
  },
  application: '2023-09-01',
  meansCheck: 'HD-2023-1',
};
const single =
  (asked: SinglePersonCase, fees?: IncomeCase) =>
  (here: Locality): string => {
    const person =
      fees === undefined
        ? asked.person
        : { ...asked.person, ownIncome: householdIncome(here, fees).net };
    const { verdict, lines, lacking } = singlePerson(here, { ...asked, person });
    const papers = lacking.length === 0 ? '' : `, lacking ${lacking.join(' and ')}`;
    return `${verdict}${papers} · ${clausesOf(lines)}`;
  };
const withPerson = (
  person: Partial<SinglePersonCase['person']>,
  family: Partial<SinglePersonCase['family']> = {},
): SinglePersonCase => ({
  ...ADULT,
  person: { ...ADULT.person, ...person },
  family: { ...ADULT.family, ...family },
});
/** A child of ten with a mental disability of grade 3, in a rural family of three at 1.2 times the standard. */
const CHILD = withPerson(
  { birth: '2013-03', hasJob: null, certificate: { category: 'mental', grade: 3 } },
  { income: exactly(21_600), recognised: 'low-income' },
);

const TABLE: readonly Row[] = [
  {
    household: 'the standard of a rural household',
    day: DAY,
    ask: figure('dibao-standard', { residence: 'rural' }),
    guizhou: '6000 · trial',
    chuxiong: '6000 · trial',
    yuncheng: '6000 · trial',
    fenxi: '6000 · C 三（一）',
  },
  {
    household: 'the standard of an urban household',
    day: DAY,
    ask: figure('dibao-standard', { residence: 'urban' }),
    guizhou: '7500 · trial',
    chuxiong: '7500 · trial',
    yuncheng: '7500 · trial',
    fenxi: '7500 · C 三（一）',
  },
  {
    household: 'grace: hired by a state firm on 31 August 2023',
    day: DAY,
    ask: (here) => {
      const { end, lines } = graceEnd(here, { start: '2023-08-31', reason: 'state_employment' });
      return `${end ?? 'none'} · ${clausesOf(lines)}`;
    },
    guizhou: '2023-11-30 · A 二（一）三',
    chuxiong: '2024-02-29 · B 一（三）',
    yuncheng: '2024-02-29 · E 二（一）',
    fenxi: 'none · silent',
  },
  {
    household: 'grace: flexible work from 31 August 2023, earliest and latest end',
    day: DAY,
    ask: (here) => {
      const asked = { start: '2023-08-31', reason: 'flexible_employment' } as const;
      const { earliest, latest, lines } = graceEnd(here, asked);
      return `${earliest ?? 'none'} to ${latest ?? 'none'} · ${clausesOf(lines)}`;
    },
    guizhou: '2024-02-29 to 2024-02-29 · A 二（一）三',
    chuxiong: '2024-02-29 to 2024-08-31 · B 一（三）',
    yuncheng: '2024-02-29 to 2024-02-29 · E 二（一）',
    fenxi: 'none to none · silent',
  },
  {
    household:
      'review: dibao with unstable income and a member who can work, last on 31 March 2023',
    day: DAY,
    ask: (here) => {
      const { due, lines } = reviewDue(here, {
        last: '2023-03-31',
        programme: 'dibao',
        stableIncome: false,
        labour: true,
      });
      return `${due ?? 'none'} · ${clausesOf(lines)}`;
    },
    guizhou: '2024-03-31 · A 二（二）、二（五）',
    chuxiong: 'none · silent',
    yuncheng: '2023-09-30 · E 二（一）',
    fenxi: 'none · silent',
  },
  {
    household: 'review: a tekun person, last on 31 March 2023',
    day: DAY,
    ask: (here) => {
      const { due, lines } = reviewDue(here, {
        last: '2023-03-31',
        programme: 'tekun',
        stableIncome: null,
        labour: null,
      });
      return `${due ?? 'none'} · ${clausesOf(lines)}`;
    },
    guizhou: '2024-03-31 · A 二（二）、二（五）',
    chuxiong: 'none · silent',
    yuncheng: '2024-03-31 · E 二（一）',
    fenxi: 'none · silent',
  },
  {
    household: 'income of the family of three, yuan a year',
    day: DAY,
    ask: income(FAMILY),
    guizhou: '15900 · silent',
    chuxiong: '15900 · silent',
    // 15,900 less 30 % of 7,500, the pension of 1,500 and the uncle's 2,400.
    yuncheng: '9750 · E 二（一）',
    fenxi: '15900 · silent',
  },
  {
    household: 'the same on 1 January 2026: the pension counts again',
    day: '2026-01-01',
    ask: income(FAMILY),
    guizhou: '15900 · silent',
    chuxiong: '15900 · silent',
    yuncheng: '11250 · E 二（一）',
    fenxi: '15900 · silent',
  },
  {
    household: 'the same with 2,000 yuan of proved rigid expenditure',
    day: DAY,
    ask: income({
      ...FAMILY,
      expenditure: { amount: 2000, cause: 'illness', proof: 'bill 1' },
    }),
    guizhou: '13900 · A 二（二）二',
    chuxiong: '13900 · B 一（四）',
    // Nothing is deducted, and with the uncle's fee gone there is no other fee to leave out.
    yuncheng: '9750 · E 二（一）',
    fenxi: '15900 · silent',
  },
  {
    household: 'the same, the proof missing',
    day: DAY,
    ask: income({ ...FAMILY, expenditure: { amount: 2000, cause: 'illness', proof: null } }),
    guizhou: '13900 to 15900, lacking expenditure-proof · A 二（二）二',
    chuxiong: '13900 to 15900, lacking expenditure-proof · B 一（四）',
    yuncheng: '9750 · E 二（一）',
    fenxi: '15900 · silent',
  },
  {
    household:
      'expenditure hardship: illness costs 9,000, an obligor who is not poor pays 2,400, reviewed and filed',
    day: DAY,
    ask: income({
      ...FAMILY,
      supportFees: [{ sibling: false, age: 50, incomePerHead: 30_000, status: 'none', fee: 2400 }],
      expenditure: { amount: 9000, cause: 'illness', proof: 'bill 1' },
      villageReview: '2023-09-02',
      townshipFiling: 'BA-7',
    }),
    guizhou: '6900 · A 二（二）二',
    chuxiong: '6900 · B 一（四）',
    yuncheng: '9750 · E 二（一）',
    fenxi: '15900 · silent',
  },
  {
    household: 'the same without the minutes and the filing',
    day: DAY,
    ask: income({
      ...FAMILY,
      supportFees: [{ sibling: false, age: 50, incomePerHead: 30_000, status: 'none', fee: 2400 }],
      expenditure: { amount: 9000, cause: 'illness', proof: 'bill 1' },
    }),
    guizhou: '6900 · A 二（二）二',
    chuxiong: '6900 · B 一（四）',
    yuncheng: '9750 to 12150, lacking village-review and township-filing · E 二（一）',
    fenxi: '15900 · silent',
  },
  {
    household: 'assessed alone, a sibling pays 8,000',
    day: DAY,
    ask: income(alone({ sibling: true, age: 30, incomePerHead: 90_000 })),
    guizhou: '0 to 8000, lacking exemption-decision · A 二（一）二',
    chuxiong: '0 · B 一（二）',
    yuncheng: '8000 · silent',
    fenxi: '8000 · silent',
  },
  {
    household: 'assessed alone, a supporter of 62 one fen below disposable income pays 8,000',
    day: DAY,
    ask: income(alone({})),
    guizhou: '0 to 8000, lacking exemption-decision · A 二（一）二',
    chuxiong: '0 · B 一（二）',
    yuncheng: '8000 · silent',
    fenxi: '8000 · silent',
  },
  {
    household: 'the same supporter exactly at disposable income',
    day: DAY,
    ask: income(alone({ incomePerHead: 14_000 })),
    guizhou: '0 to 8000, lacking exemption-decision · A 二（一）二',
    chuxiong: '4000 · B 一（二）',
    yuncheng: '8000 · silent',
    fenxi: '8000 · silent',
  },
  {
    household: 'the same supporter exactly at twice disposable income',
    day: DAY,
    ask: income(alone({ incomePerHead: 28_000 })),
    guizhou: '0 to 8000, lacking exemption-decision · A 二（一）二',
    chuxiong: '8000 · B 一（二）',
    yuncheng: '8000 · silent',
    fenxi: '8000 · silent',
  },
  {
    household: 'the same supporter, the office has recorded to leave out half',
    day: DAY,
    ask: income(alone({ decided: { share: 0.5, record: 'RD-3' } })),
    guizhou: '4000 · A 二（一）二',
    chuxiong: '0 · B 一（二）',
    yuncheng: '8000 · silent',
    fenxi: '8000 · silent',
  },
  {
    household: 'assessed alone, a supporter of 59 pays a fee that cannot be established',
    day: DAY,
    ask: income(alone({ sibling: false, age: 59, fee: null })),
    guizhou: '0 to ? · A 二（一）二',
    chuxiong: '6000 · B 一（二）',
    yuncheng: '0 to ? · silent',
    fenxi: '0 to ? · silent',
  },
  {
    household:
      'alone? adult, no job, grade 2, supported by a sibling, family at 1.6 times the standard',
    day: DAY,
    ask: single(ADULT, alone({ sibling: true })),
    guizhou: 'unknown · default, A 二（一）二',
    chuxiong: 'meets · B 一（二）',
    yuncheng: 'does-not-meet · E 二（一）',
    fenxi: 'does-not-meet · C 三（二）, default',
  },
  {
    household: 'alone? the same person works',
    day: DAY,
    ask: single(withPerson({ hasJob: true }), alone({ sibling: true })),
    guizhou: 'does-not-meet · default, A 二（一）二',
    chuxiong: 'does-not-meet · B 一（二）',
    yuncheng: 'does-not-meet · E 二（一）',
    fenxi: 'does-not-meet · C 三（二）, default',
  },
  {
    household:
      'alone? seriously ill, no certificate, family at 1.2 times the standard, recognised as low-income',
    day: DAY,
    ask: single(
      withPerson(
        { certificate: 'none', seriouslyIll: true },
        { income: exactly(21_600), recognised: 'low-income' },
      ),
    ),
    guizhou: 'does-not-meet · A 二（一）二',
    chuxiong: 'meets · B 一（二）',
    yuncheng: 'meets · E 二（一）',
    fenxi: 'does-not-meet · C 三（二）, default',
  },
  {
    household: 'alone? a child of ten, mental disability grade 3, family at 1.2 times the standard',
    day: DAY,
    ask: single(CHILD),
    guizhou: 'does-not-meet · default, A 二（一）二',
    chuxiong: 'meets · B 一（二）',
    yuncheng: 'meets · E 二（一）',
    fenxi: 'meets · C 三（二）, default',
  },
  {
    household: 'alone? the same child in town: 1.2 times of 7,500',
    day: DAY,
    ask: single({
      ...CHILD,
      person: { ...CHILD.person, residence: 'urban' },
      family: { ...CHILD.family, income: exactly(27_000) },
    }),
    guizhou: 'does-not-meet · default, A 二（一）二',
    chuxiong: 'meets · B 一（二）',
    yuncheng: 'meets · E 二（一）',
    fenxi: 'does-not-meet · C 三（二）, default',
  },
  {
    household: 'alone? the same child without a report of the means check',
    day: DAY,
    ask: single({ ...CHILD, meansCheck: null }),
    guizhou: 'does-not-meet · default, A 二（一）二',
    chuxiong: 'meets, lacking means-check · B 一（二）',
    yuncheng: 'meets, lacking means-check · E 二（一）',
    fenxi: 'meets, lacking means-check · C 三（二）, default',
  },
  {
    household:
      'alone? in 2020: severely disabled, of a registered poor household, no check of means',
    day: '2020-12-31',
    ask: single({ ...withPerson({}, { registeredPoor: true }), meansCheck: null }),
    guizhou: 'meets · D 二（二）一',
    chuxiong: 'unknown · silent',
    yuncheng: 'unknown · silent',
    fenxi: 'unknown · silent',
  },
  {
    household: 'alone? the same one day later',
    day: '2021-01-01',
    ask: single({ ...withPerson({}, { registeredPoor: true }), meansCheck: null }),
    guizhou: 'unknown · silent',
    chuxiong: 'unknown · silent',
    yuncheng: 'unknown · silent',
    fenxi: 'unknown · silent',
  },
  {
    household: 'benefit of a single person without income, last month’s average 430 yuan',
    day: DAY,
    ask: (here) => {
      const { amount, lines } = benefitEstimate(here, {
        applicant: 'single-person',
        residence: 'rural',
        persons: 1,
        income: exactly(0),
        averageSubsidy: { amount: 430, month: '2023-08' as Month },
      });
      return `${amount === null ? 'unknown' : range(amount)} · ${clausesOf(lines)}`;
    },
    guizhou: '430 · A 二（一）二',
    chuxiong: '500 · default',
    yuncheng: '500 · default',
    fenxi: '500 · default, C 三（一）',
  },
  {
    household: 'benefit of a household of three with 9,750 yuan a year',
    day: DAY,
    ask: (here) => {
      const { amount, lines } = benefitEstimate(here, {
        applicant: 'household',
        residence: 'rural',
        persons: 3,
        income: exactly(9750),
        averageSubsidy: null,
      });
      return `${amount === null ? 'unknown' : range(amount)} · ${clausesOf(lines)}`;
    },
    guizhou: '687.5 · default',
    chuxiong: '687.5 · default',
    yuncheng: '687.5 · default',
    fenxi: '687.5 · C 三（一）',
  },
  {
    household: 'top-up of a severely disabled pupil in dibao, yuan a month',
    day: DAY,
    ask: (here) => {
      const { amount, lines } = topUpEstimate(here, {
        residence: 'rural',
        groups: [
          { kind: 'disabled', decided: null },
          { kind: 'student', decided: null },
        ],
      });
      return `${amount === null ? 'unknown' : range(amount)} · ${clausesOf(lines)}`;
    },
    guizhou: '50 to 150 · A 二（一）四',
    chuxiong: 'unknown · silent',
    yuncheng: 'unknown · silent',
    fenxi: 'unknown · silent',
  },
  {
    household: 'who confirms',
    day: DAY,
    ask: figure('confirmation-level'),
    guizhou: 'county · A 二（三）一',
    chuxiong: 'county · B 四（一）',
    yuncheng: 'county · default',
    fenxi: 'township · C 四（二）3',
  },
  {
    household: 'confirmation of an application accepted on 1 September 2023',
    day: DAY,
    ask: (here) => {
      const { date, lines } = confirmationDue(here, { accepted: '2023-09-01', extension: null });
      return `${date ?? 'none'} · ${clausesOf(lines)}`;
    },
    guizhou: '2023-10-19 · default',
    chuxiong: '2023-10-19 · B 四（一）',
    yuncheng: '2023-10-19 · default',
    fenxi: '2023-10-07 · default',
  },
  {
    household: 'the same confirmed by the township',
    day: DAY,
    ask: (here) => {
      const { date, lines } = confirmationDue(here, {
        accepted: '2023-09-01',
        level: 'township',
        extension: null,
      });
      return `${date ?? 'none'} · ${clausesOf(lines)}`;
    },
    guizhou: '2023-10-07 · A 二（二）三',
    chuxiong: '2023-10-07 · B 四（一）',
    yuncheng: '2023-10-07 · default',
    fenxi: '2023-10-07 · default',
  },
  {
    household: 'the same with an objection',
    day: DAY,
    ask: (here) => {
      const { date, lines } = confirmationDue(here, {
        accepted: '2023-09-01',
        level: 'county',
        extension: 'objection',
      });
      return `${date ?? 'none'} · ${clausesOf(lines)}`;
    },
    guizhou: '2023-10-19 · default',
    chuxiong: '2023-11-09 · B 四（一）',
    yuncheng: '2023-10-19 · default',
    fenxi: '2023-10-19 · default',
  },
  {
    household: 'publicity of an opinion posted on 1 September 2023',
    day: DAY,
    ask: (here) => {
      const { date, lines } = publicityEnd(here, { posted: '2023-09-01', of: 'dibao' });
      return `${date ?? 'none'} · ${clausesOf(lines)}`;
    },
    guizhou: '2023-09-08 · default',
    chuxiong: '2023-09-08 · B 四（二）',
    yuncheng: '2023-09-08 · default',
    fenxi: '2023-09-08 · C 四（二）2',
  },
  {
    household:
      'a refusal received on 14 September 2023: 15 days end on Mid-Autumn Day and move behind the holidays',
    day: DAY,
    ask: (here) => {
      const { date, lines } = refusalReviewUntil(here, '2023-09-14');
      return `${date ?? 'none'} · ${clausesOf(lines)}`;
    },
    guizhou: 'none · silent',
    chuxiong: 'none · silent',
    yuncheng: 'none · silent',
    fenxi: '2023-10-07 · C 附件6',
  },
  {
    household: 'a death on 30 November 2023',
    day: DAY,
    ask: (here) => {
      const { date, lines } = deathCheckDue(here, '2023-11-30');
      return `${date ?? 'none'} · ${clausesOf(lines)}`;
    },
    guizhou: '2024-02-29 · A 二（一）三',
    chuxiong: '2024-02-29 · B 一（三）',
    yuncheng: 'none · silent',
    fenxi: 'none · silent',
  },
  {
    household: 'direct recognition of monitored persons as marginal, last day',
    day: '2025-12-31',
    ask: figure('direct-marginal-recognition'),
    guizhou: 'true · A 二（三）二',
    chuxiong: 'silent',
    yuncheng: 'silent',
    fenxi: 'silent',
  },
  {
    household: 'the same one day later',
    day: '2026-01-01',
    ask: figure('direct-marginal-recognition'),
    guizhou: 'silent',
    chuxiong: 'silent',
    yuncheng: 'silent',
    fenxi: 'silent',
  },
  {
    household: 'may the sheet that is posted show assets',
    day: DAY,
    ask: (here) =>
      here.flag('publicity-forbidden' as FigureName, { field: 'assets' })?.value === true
        ? `no${figure('publicity-forbidden', { field: 'assets' })(here).slice('true'.length)}`
        : 'silent',
    guizhou: 'silent',
    chuxiong: 'no · B 四（二）',
    yuncheng: 'silent',
    fenxi: 'silent',
  },
  {
    household: 'does it show income per head',
    day: DAY,
    ask: figure('publicity-income-shown'),
    guizhou: 'false · default',
    chuxiong: 'false · default',
    yuncheng: 'false · default',
    fenxi: 'true · C 附件7',
  },
  {
    household: 'day of the month by which a village reports',
    day: DAY,
    ask: figure('village-report-day'),
    guizhou: '20 · default',
    chuxiong: '20 · default',
    yuncheng: '20 · E 二（五）',
    fenxi: '20 · default',
  },
  {
    household: 'households that the county checks itself',
    day: DAY,
    ask: figure('spot-check-share'),
    guizhou: '0.3 · default',
    chuxiong: '0.3 · default',
    yuncheng: '0.3 · default',
    fenxi: '0.3 · C 四（三）',
  },
  {
    household: 'end of the visits of the rural check of 2023',
    day: '2023-03-15',
    ask: figure('campaign-rural', { milestone: 'visits-to' }),
    guizhou: '2023-03-31 · A 三（三）',
    chuxiong: 'silent',
    yuncheng: 'silent',
    fenxi: '2023-05-31 · C 四（二）',
  },
  {
    household: 'last day to file before payments pause, rural',
    day: '2023-03-15',
    ask: figure('campaign-rural', { milestone: 'archive-due' }),
    guizhou: 'silent',
    chuxiong: 'silent',
    yuncheng: 'silent',
    fenxi: '2023-06-30 · C 四（三）',
  },
  {
    household: 'the bureau of rural revitalization in 2023',
    day: DAY,
    ask: figure('bureau-name', { bureau: 'rural-revitalization' }),
    guizhou: '乡村振兴局 · A 二（三）一',
    chuxiong: '乡村振兴局 · B 标题',
    yuncheng: '乡村振兴局 · E 标题',
    fenxi: 'silent',
  },
  {
    household: 'and in 2024',
    day: '2024-06-30',
    ask: figure('bureau-name', { bureau: 'rural-revitalization' }),
    guizhou: '农业农村局 · default',
    chuxiong: '农业农村局 · default',
    yuncheng: '农业农村局 · default',
    fenxi: '农业农村局 · default',
  },
];

const NAMES = Object.keys(COUNTIES) as LocalityName[];

describe('the same household in four localities', () => {
  it.each(TABLE)('$household', ({ day, ask, ...row }) => {
    const answers = Object.fromEntries(NAMES.map((name) => [name, ask(locality(name, day))]));
    expect(answers).toEqual(Object.fromEntries(NAMES.map((name) => [name, row[name]])));
  });
});

/** Figures that one notice alone states: where, on which day, and the value with its clause. */
const FIGURES: readonly (readonly [
  name: string,
  where: Record<string, string>,
  at: LocalityName,
  day: string,
  answer: string,
])[] = [
  ['orphan-allowance', { care: 'concentrated' }, 'guizhou', '2020-12-31', '1600 · D 二（三）'],
  ['orphan-allowance', { care: 'dispersed' }, 'guizhou', '2020-12-31', '1050 · D 二（三）'],
  ['orphan-allowance', { care: 'dispersed' }, 'guizhou', '2021-01-01', 'silent'],
  ['unattended-child-allowance', {}, 'guizhou', '2020-06-30', '1050 · D 二（三）'],
  ['nursing-subsidy', { grade: 'first' }, 'guizhou', '2020-06-30', '70 · D 二（三）'],
  ['nursing-subsidy', { grade: 'second' }, 'guizhou', '2020-06-30', '50 · D 二（三）'],
  ['top-up-grade', {}, 'guizhou', '2020-06-30', '4 · D 二（一）'],
  ['data-comparison-months', { level: 'county' }, 'guizhou', '2020-06-30', '1 · D 二（一）'],
  ['data-comparison-months', { level: 'province' }, 'guizhou', '2020-06-30', '3 · D 二（一）'],
  ['remaining-poor-priority', {}, 'guizhou', '2020-06-30', '10000 · D 二（四）'],
  ['prefecture-report-due', { quarter: 'third-quarter' }, 'guizhou', DAY, 'silent'],
  [
    'prefecture-report-due',
    { quarter: 'third-quarter' },
    'guizhou',
    '2020-06-30',
    '2020-09-25 · D 四（三）',
  ],
  [
    'campaign-rural',
    { milestone: 'visits-to' },
    'guizhou',
    '2020-06-30',
    '2020-05-31 · D 三（二）',
  ],
  ['campaign-urban', { milestone: 'confirmed-to' }, 'guizhou', DAY, '2023-04-20 · A 三（三）'],
  ['campaign-urban', { milestone: 'paid-to' }, 'guizhou', DAY, '2023-04-30 · A 三（三）'],
  ['campaign-urban', { milestone: 'visits-to' }, 'fenxi', DAY, '2023-08-31 · C 四（二）'],
  ['campaign-urban', { milestone: 'acceptance-from' }, 'fenxi', DAY, '2023-08-01 · C 四（三）'],
  ['campaign-rural', { milestone: 'material-due' }, 'fenxi', DAY, '2023-03-10 · C 四（一）'],
  ['self-care-review-interval', {}, 'guizhou', DAY, '12 · A 二（五）'],
  ['rescreen-months', {}, 'guizhou', DAY, '12 · A 二（二）一'],
  ['list-exchange-months', {}, 'guizhou', DAY, '1 · A 二（三）三'],
  ['visit-coverage', {}, 'guizhou', DAY, '1 · A 二（二）'],
  ['visit-coverage', {}, 'fenxi', DAY, '1 · C 四（二）'],
  ['complaint-visit-share', {}, 'fenxi', DAY, '1 · C 四（三）'],
  ['investigators-min', {}, 'fenxi', DAY, '2 · C 附件4'],
  ['confirmation-signatures', {}, 'fenxi', DAY, '3 · C 四（二）2'],
  ['relative-county-check', {}, 'fenxi', DAY, 'true · C 附件5'],
  ['unreported-fine-min', {}, 'fenxi', DAY, '1 · C 附件2'],
  ['unreported-fine-max', {}, 'fenxi', DAY, '3 · C 附件2'],
  ['elderly-age', {}, 'fenxi', DAY, '60 · C 附件9'],
  ['township-report-day', {}, 'yuncheng', DAY, '31 · E 二（五）'],
  ['months-without-income', {}, 'chuxiong', DAY, '3 · B 二（一）'],
  ['bureau-name', { bureau: 'market-regulation' }, 'fenxi', DAY, '县市场监督管理局 · C 四（三）'],
  [
    'bureau-name',
    { bureau: 'rural-revitalization' },
    'guizhou',
    '2020-06-30',
    '扶贫开发办公室（局） · D 标题',
  ],
  ['rigid-expenditure-validity', {}, 'chuxiong', '2024-12-31', '12 · default'],
  ['monitored-publicity-days', {}, 'guizhou', DAY, '5 · default'],
];

describe('a figure of one notice', () => {
  it.each(FIGURES)('%s %j in %s on %s: %s', (name, where, at, day, answer) => {
    expect(figure(name, where)(locality(at, day))).toBe(answer);
  });
});
