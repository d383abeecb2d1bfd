/**
 * A household's monthly benefit: an estimate that an office may show, never a decision. 补差 (the standard less
 * the income per head, times the persons), or for Guizhou's single person last month's local average; and one top-up,
 * the largest, where top-ups do not add up.
 */
import { MonitorError } from '../../core/errors.ts';
import { decimal, type Decimal } from '../../core/money.ts';
import { addMonths, type Month } from '../../core/month.ts';
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
import type { Residence } from './support-fee.ts';

export type TopUpKind = 'elderly' | 'disabled' | 'seriously_ill' | 'student' | 'other';

export interface BenefitCase {
  readonly applicant: 'household' | 'single-person';
  readonly residence: Residence;
  /** Persons covered: the whole household, or one. */
  readonly persons: number;
  /** Income of those persons, yuan per year; null: unknown. */
  readonly income: Range | null;
  /** The local average subsidy, yuan per month, and its month; null: unknown. */
  readonly averageSubsidy: { readonly amount: Amount; readonly month: Month } | null;
}

export interface Benefit {
  /** Yuan per month, rounded once to the fen; null: cannot be estimated. */
  readonly amount: Range | null;
  readonly lacking: readonly Evidence[];
  readonly lines: readonly AnswerLine[];
}

function average(locality: Locality, asked: BenefitCase): Benefit {
  const basis = locality.text('benefit-basis', { applicant: asked.applicant });
  const wanted = addMonths(locality.day.slice(0, 7) as Month, -1);
  const given = asked.averageSubsidy;
  const text = line(
    `原则上按核查日上月（${wanted}）当地平均补助水平确定`,
    `in principle the local average subsidy of ${wanted}, the month before the check`,
    basis?.citation ?? null,
  );
  if (given?.month !== wanted) return { amount: null, lacking: ['average-subsidy'], lines: [text] };
  const amount = toFen(yuan(given.amount, 'the average subsidy').times(asked.persons));
  return { amount: { least: amount, most: amount }, lacking: [], lines: [{ ...text, amount }] };
}

function difference(locality: Locality, asked: BenefitCase): Benefit {
  const basis = locality.text('benefit-basis', { applicant: asked.applicant });
  const standard = locality.number('dibao-standard', { residence: asked.residence });
  const text = line(
    '补差：低保标准减人均收入，乘保障人数，除以12',
    'the standard less the income per head, times the persons, divided by 12',
    basis?.citation ?? null,
  );
  if (standard === null)
    return {
      amount: null,
      lacking: [],
      lines: [text, line('当地低保标准未填写', 'the local standard is not set')],
    };
  const due = decimal(standard.value).times(asked.persons);
  const monthly = (income: Decimal): Decimal =>
    income.gte(due) ? ZERO : toFen(due.minus(income).div(12));
  const against = line(
    '低保标准（每人每年）',
    'standard per person and year',
    standard.citation,
    decimal(standard.value),
  );
  if (asked.income === null) return { amount: null, lacking: [], lines: [text, against] };
  const { least, most } = asked.income;
  return {
    amount: { least: most === null ? ZERO : monthly(most), most: monthly(least) },
    lacking: [],
    lines: [text, against],
  };
}

/** @throws MonitorError `calculator` when the persons are not a whole number of at least 1 */
export function benefitEstimate(locality: Locality, asked: BenefitCase): Benefit {
  if (!Number.isInteger(asked.persons) || asked.persons < 1)
    throw new MonitorError('calculator', 'persons is not a number of persons', {
      fix: 'a whole number of at least 1',
    });
  const basis = locality.text('benefit-basis', { applicant: asked.applicant });
  return basis?.value === 'average-subsidy'
    ? average(locality, asked)
    : difference(locality, asked);
}

export interface TopUpCase {
  readonly residence: Residence;
  /** The person's groups, and the share of the standard decided by the office for each, if any. */
  readonly groups: readonly {
    readonly kind: TopUpKind;
    readonly decided: { readonly share: Amount; readonly record: string } | null;
  }[];
}

/** Yuan per year. */
interface Option extends Range {
  readonly most: Decimal;
  readonly line: AnswerLine;
}

function optionOf(
  locality: Locality,
  { kind, decided }: TopUpCase['groups'][number],
  yearly: Decimal,
): Option | null {
  const group = locality.flag('top-up-group', { kind });
  const least = locality.number('top-up-share-min', { kind });
  const most = locality.number('top-up-share-max', { kind });
  if (group?.value !== true || least === null || most === null) return null;
  const range = line(
    `按当地低保标准的${least.value * 100}%-${most.value * 100}%增发`,
    `${least.value * 100} to ${most.value * 100} % of the local standard`,
    most.citation,
  );
  if (decided === null || !isThere(decided.record))
    return { least: yearly.times(least.value), most: yearly.times(most.value), line: range };
  const share = yuan(decided.share, 'the decided share');
  if (share.lt(least.value) || share.gt(most.value))
    throw new MonitorError('calculator', 'the decided share is outside what the notice allows', {
      fix: `a share from ${least.value} to ${most.value}`,
    });
  return { least: yearly.times(share), most: yearly.times(share), line: range };
}

/**
 * The top-up (分类施保) of a person in dibao, yuan per month: the largest of the groups' where the notice says that
 * top-ups do not add up, otherwise their sum.
 */
export function topUpEstimate(locality: Locality, asked: TopUpCase): Benefit {
  const standard = locality.number('dibao-standard', { residence: asked.residence });
  if (standard === null)
    return {
      amount: null,
      lacking: [],
      lines: [line('当地低保标准未填写', 'the local standard is not set')],
    };
  const options = asked.groups
    .map((group) => optionOf(locality, group, decimal(standard.value)))
    .filter((one) => one !== null);
  if (options.length === 0)
    return {
      amount: null,
      lacking: [],
      lines: [
        line(
          '当地通知没有写这些人群的分类施保比例',
          'the local notices state no top-up for these groups',
        ),
      ],
    };
  const together = locality.flag('top-up-cumulative');
  const largest = (amounts: readonly Decimal[]): Decimal =>
    amounts.reduce((best, amount) => (amount.gt(best) ? amount : best), ZERO);
  const join = together?.value === true ? sum : largest;
  return {
    amount: {
      least: toFen(join(options.map(({ least }) => least)).div(12)),
      most: toFen(join(options.map(({ most }) => most)).div(12)),
    },
    lacking: [],
    lines: [
      ...options.map((option) => option.line),
      ...(together === null || together.value
        ? []
        : [line('不累加，取最高的一项', 'not added up: the largest', together.citation)]),
    ],
  };
}
