/**
 * A household's income of a year: the four kinds item by item (工资性、经营净、财产净、转移净), each deduction with
 * its amount and clause, per head. Anything open — an unstated kind, a missing document, a decision the notice
 * leaves to the office — widens the answer to a range instead of counting as zero.
 */
import { MonitorError } from '../../core/errors.ts';
import { decimal, type Decimal } from '../../core/money.ts';
import {
  isThere,
  line,
  sum,
  toFen,
  yuan,
  ZERO,
  type Amount,
  type Evidence,
  type AnswerLine,
  type Range,
} from './answer.ts';
import type { Locality } from './locality.ts';
import { supportFeeExemption, type Residence, type Supporter } from './support-fee.ts';

export const INCOME_KINDS = ['wage', 'business', 'property', 'transfer'] as const;
export type IncomeKind = (typeof INCOME_KINDS)[number];

const KIND_WORDS: Readonly<Record<IncomeKind, readonly [zh: string, en: string]>> = {
  wage: ['工资性收入', 'wages'],
  business: ['经营净收入', 'net business income'],
  property: ['财产净收入', 'net property income'],
  transfer: ['转移净收入', 'net transfers'],
};

/** Yuan per year; null: not stated. Transfers exclude support fees and the residents' basic pension. */
export interface MemberIncome extends Readonly<Record<IncomeKind, Amount | null>> {
  /** 城乡居民基础养老金 */
  readonly basicPension: Amount | null;
  /** Months of the year with a job, 0 to 12. */
  readonly monthsEmployed: number | null;
  /** Actual necessary costs of employment and their proof, for localities that deduct actual costs. */
  readonly employmentCost?: { readonly amount: Amount; readonly proof: string | null } | undefined;
}

export interface SupportFee extends Supporter {
  /** Yuan per year; null: cannot be established. */
  readonly fee: Amount | null;
}

export interface IncomeCase {
  readonly residence: Residence;
  readonly members: readonly MemberIncome[];
  readonly supportFees: readonly SupportFee[];
  /** An adult, jobless, severely disabled person assessed as a single-person household. */
  readonly alone: boolean;
  /** A registered poor household that has not left poverty (2020). */
  readonly registeredPoor: boolean;
  /** Rigid expenditure of the year, yuan, and why; null: none. */
  readonly expenditure: {
    readonly amount: Amount;
    readonly cause: 'illness' | 'disability' | 'schooling' | 'accident' | 'other';
    /** Reference to the proof. */
    readonly proof: string | null;
  } | null;
  /** Date or number of the village committee's minutes, and of the township's filing (R16). */
  readonly villageReview: string | null;
  readonly townshipFiling: string | null;
}

/** Deductions in yuan per year: `sure`, and `possible` while something is open. */
export interface Deduction {
  readonly from: IncomeKind | 'all';
  readonly sure: Decimal;
  readonly possible: Decimal;
  readonly lines: readonly AnswerLine[];
  readonly lacking: readonly Evidence[];
}

export interface IncomeAnswer {
  readonly size: number;
  /** Gross yuan per year by kind, where stated; support fees and basic pensions are transfers. */
  readonly gross: Readonly<Record<IncomeKind, Decimal>>;
  /** Kinds not stated. */
  readonly unstated: readonly string[];
  readonly deductions: readonly Deduction[];
  /** Yuan per year of the whole household, exact: compare this with the standard times the size. */
  readonly net: Range;
  /** Yuan per year and head, rounded once to the fen, for display. */
  readonly perHead: Range;
  readonly lacking: readonly Evidence[];
  readonly lines: readonly AnswerLine[];
}

const none = (zh: string, en: string): Deduction => ({
  from: 'all',
  sure: ZERO,
  possible: ZERO,
  lines: [line(zh, en)],
  lacking: [],
});

const smaller = (a: Decimal, b: Decimal): Decimal => (a.lt(b) ? a : b);

/** A share of the urban standard for every working member and month of work, at most the wage. */
function employmentCost(locality: Locality, member: MemberIncome): Deduction | null {
  const { wage, monthsEmployed, employmentCost: actual } = member;
  if (wage === null || yuan(wage, 'a wage').eq(ZERO)) return null;
  const earned = yuan(wage, 'a wage');
  const share = locality.number('employment-cost-share');
  if (share !== null) {
    const standard = locality.number('dibao-standard', { residence: 'urban' });
    const full = standard === null ? null : decimal(standard.value).times(share.value);
    const months = monthsEmployed ?? 12;
    if (!Number.isInteger(months) || months < 0 || months > 12)
      throw new MonitorError('calculator', 'monthsEmployed is not a number of months', {
        fix: 'a whole number, 0 to 12',
      });
    const cost = full === null ? earned : smaller(earned, full.times(months).div(12));
    const known = full !== null && monthsEmployed !== null;
    return {
      from: 'wage',
      sure: known ? cost : ZERO,
      possible: cost,
      lines: [
        line(
          `就业成本按城市低保标准的${share.value * 100}%扣减${known ? `（${months}个月）` : '（城市标准或就业月数未知）'}`,
          `cost of employment: ${share.value * 100} % of the urban standard${known ? `, ${months} months` : ' (standard or months unknown)'}`,
          share.citation,
          known ? cost : null,
        ),
      ],
      lacking: [],
    };
  }
  const asItIs = locality.flag('employment-cost-actual');
  if (asItIs?.value !== true || actual === undefined) return null;
  const cost = smaller(earned, yuan(actual.amount, 'a cost of employment'));
  const proved = isThere(actual.proof);
  return {
    from: 'wage',
    sure: proved ? cost : ZERO,
    possible: cost,
    lines: [
      line('按规定扣减必要的就业成本', 'necessary cost of employment', asItIs.citation, cost),
    ],
    lacking: proved ? [] : ['employment-cost-proof'],
  };
}

function basicPension(locality: Locality, pension: Decimal): Deduction | null {
  if (pension.eq(ZERO)) return null;
  const counted = locality.flag('basic-pension-counted');
  if (counted?.value !== false)
    return none(
      '基础养老金照转移净收入计入：当地通知没有写不计入',
      'the basic pension counts: no local notice in force leaves it out',
    );
  return {
    from: 'transfer',
    sure: pension,
    possible: pension,
    lines: [
      line('基础养老金不计入', 'the basic pension is not counted', counted.citation, pension),
    ],
    lacking: [],
  };
}

interface Fees {
  /** Fees as stated or assumed, before exemption. */
  readonly total: Decimal;
  /** A fee is unknown and the notice does not say what to assume. */
  readonly unknown: boolean;
  readonly deductions: readonly Deduction[];
}

function supportFees(locality: Locality, asked: IncomeCase): Fees {
  const deductions: Deduction[] = [];
  let total = ZERO;
  let unknown = false;
  for (const supporter of asked.supportFees) {
    const exemption = supportFeeExemption(locality, supporter, asked);
    const assumed: AnswerLine[] = [];
    let fee = supporter.fee === null ? null : yuan(supporter.fee, 'a support fee');
    if (fee === null) {
      const rule = locality.text('support-fee-when-unknown');
      const standard = locality.number('dibao-standard', { residence: asked.residence });
      if (rule?.value === 'dibao-standard' && standard !== null) {
        fee = decimal(standard.value);
        assumed.push(
          line(
            '供养费难以认定，按当地低保标准认定',
            'the fee cannot be established: the local standard is taken',
            rule.citation,
            fee,
          ),
        );
      }
    }
    // An unknown fee does not matter if it is fully exempt.
    if (fee === null && exemption.least.lt(1)) unknown = true;
    total = total.plus(fee ?? ZERO);
    deductions.push({
      from: 'transfer',
      sure: (fee ?? ZERO).times(exemption.least),
      possible: (fee ?? ZERO).times(exemption.most),
      lines: [...assumed, ...exemption.lines],
      lacking: exemption.lacking,
    });
  }
  return { total, unknown, deductions };
}

/** Rigid expenditure deducted from income where the notice says so; items and amounts come from the office. */
function rigidExpenditure(locality: Locality, asked: IncomeCase): Deduction | null {
  if (asked.expenditure === null) return null;
  const group = asked.registeredPoor ? 'registered-poor' : 'other';
  const rule = locality.flag('rigid-expenditure-deducted', { group });
  if (rule?.value !== true)
    return none(
      '当地通知没有写刚性支出扣减，未扣减',
      'the local notices deduct no rigid expenditure: nothing is taken off',
    );
  const amount = yuan(asked.expenditure.amount, 'the rigid expenditure');
  const proved = isThere(asked.expenditure.proof);
  return {
    from: 'all',
    sure: proved ? amount : ZERO,
    possible: amount,
    lines: [line('刚性支出按规定扣减', 'rigid expenditure is deducted', rule.citation, amount)],
    lacking: proved ? [] : ['expenditure-proof'],
  };
}

/** A household in expenditure hardship: its support fees need not be counted, after review and filing (R16). */
function expenditureType(
  locality: Locality,
  asked: IncomeCase,
  income: Decimal,
  fees: { readonly counted: Decimal; readonly certain: Decimal },
): Deduction | null {
  const { expenditure } = asked;
  const rule = locality.flag('support-fee-expenditure-type');
  if (expenditure === null || rule?.value !== true || fees.counted.eq(ZERO)) return null;
  const cause = locality.flag('expenditure-type-cause', { cause: expenditure.cause });
  const level = locality.number('expenditure-type-level');
  const standard = locality.number('dibao-standard', { residence: asked.residence });
  if (cause?.value !== true || level === null) return null;
  const left = income.minus(yuan(expenditure.amount, 'the rigid expenditure'));
  const isPoor =
    standard === null
      ? null
      : left.lt(decimal(standard.value).times(level.value).times(asked.members.length));
  if (isPoor === false) return null;
  const lacking: Evidence[] = [];
  if (!isThere(asked.villageReview)) lacking.push('village-review');
  if (!isThere(asked.townshipFiling)) lacking.push('township-filing');
  return {
    from: 'transfer',
    sure: lacking.length === 0 && isPoor === true ? fees.counted : ZERO,
    possible: fees.certain,
    lines: [
      line(
        '支出型贫困家庭，经民主评议和审核备案可以不计算供养费',
        'expenditure hardship: support fees need not be counted after review and filing',
        rule.citation,
        fees.counted,
      ),
    ],
    lacking,
  };
}

const notNegative = (amount: Decimal): Decimal => (amount.lt(ZERO) ? ZERO : amount);

function grossOf(members: readonly MemberIncome[]): {
  gross: Record<IncomeKind, Decimal>;
  pension: Decimal;
  unstated: string[];
} {
  const unstated: string[] = [];
  const gross = Object.fromEntries(
    INCOME_KINDS.map((kind) => {
      const stated = members.flatMap((member) => {
        const amount = member[kind];
        return amount === null ? [] : [yuan(amount, kind)];
      });
      if (stated.length < members.length) unstated.push(kind);
      return [kind, sum(stated)];
    }),
  ) as Record<IncomeKind, Decimal>;
  const pensions = members.flatMap(({ basicPension: amount }) =>
    amount === null ? [] : [yuan(amount, 'a basic pension')],
  );
  return { gross, pension: sum(pensions), unstated };
}

/**
 * @param asked yuan per year; members are those who live together, counted and sharing
 * @throws MonitorError `calculator` for an amount that is negative or not a number, or a household without members
 */
export function householdIncome(locality: Locality, asked: IncomeCase): IncomeAnswer {
  const size = asked.members.length;
  if (size === 0)
    throw new MonitorError('calculator', 'a household has at least one member', {
      fix: 'name the members who live together',
    });
  const { gross, pension, unstated } = grossOf(asked.members);
  const pensionRule = basicPension(locality, pension);
  // An unknown pension matters only where pensions count.
  const pensionCounts = locality.flag('basic-pension-counted')?.value !== false;
  if (pensionCounts && asked.members.some((member) => member.basicPension === null))
    unstated.push('basic pension');
  const fees = supportFees(locality, asked);
  if (fees.unknown) unstated.push('support fee');
  const transfer = gross.transfer.plus(pension).plus(fees.total);
  const total = sum([gross.wage, gross.business, gross.property, transfer]);

  const first = [
    ...asked.members.map((member) => employmentCost(locality, member)),
    pensionRule,
    ...fees.deductions,
  ].filter((one) => one !== null);
  const before = total.minus(sum(first.map(({ sure }) => sure)));
  // The fees counted now, and those counted if every open exemption were granted.
  const counted = fees.total.minus(sum(fees.deductions.map(({ sure }) => sure)));
  const certain = fees.total.minus(sum(fees.deductions.map(({ possible }) => possible)));
  const deductions = [
    ...first,
    expenditureType(locality, asked, before, { counted, certain }),
    rigidExpenditure(locality, asked),
  ].filter((one) => one !== null);

  const least = notNegative(total.minus(sum(deductions.map(({ possible }) => possible))));
  const sure = notNegative(total.minus(sum(deductions.map((one) => one.sure))));
  const net: Range = { least, most: unstated.length === 0 ? sure : null };
  const perHead: Range = {
    least: toFen(net.least.div(size)),
    most: net.most === null ? null : toFen(net.most.div(size)),
  };
  return {
    size,
    gross: { ...gross, transfer },
    unstated,
    deductions,
    net,
    perHead,
    lacking: [...new Set(deductions.flatMap(({ lacking }) => lacking))],
    lines: [
      ...INCOME_KINDS.map((kind) => {
        const [zh, en] = KIND_WORDS[kind];
        return line(zh, en, null, kind === 'transfer' ? transfer : gross[kind]);
      }),
      ...deductions.flatMap(({ lines }) => lines),
    ],
  };
}
