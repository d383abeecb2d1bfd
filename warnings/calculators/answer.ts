/**
 * The form of a calculator's answer. An answer advises a clerk and never refuses anybody: it says 'meets', 'does not
 * meet' or 'unknown', with the reasons, clauses, and missing evidence.
 */
import { MonitorError } from '../../core/errors.ts';
import { decimal, type Decimal } from '../../core/money.ts';
import type { Citation } from './locality.ts';

export type Verdict = 'meets' | 'does-not-meet' | 'unknown';

/** One step of the calculation or reasoning. */
export interface AnswerLine {
  readonly zh: string;
  readonly en: string;
  /** Yuan; null when the step has no amount. */
  readonly amount: Decimal | null;
  /** null: taken from the case, or our own decision where the notices are silent (docs/localities.md). */
  readonly citation: Citation | null;
}

export function line(
  zh: string,
  en: string,
  citation: Citation | null = null,
  amount: Decimal | null = null,
): AnswerLine {
  return { zh, en, amount, citation };
}

/** Documents without which a clause cannot be applied. */
export const EVIDENCE = {
  application: { zh: '本人申请', en: 'application by the person' },
  'means-check': { zh: '家庭经济状况核对报告', en: "report of the check of the family's means" },
  'village-review': {
    zh: '村民委员会民主评议记录',
    en: "minutes of the village committee's democratic review",
  },
  'township-filing': { zh: '乡镇（街道）审核备案号', en: "number of the township's filing" },
  'exemption-decision': {
    zh: '供养费豁免认定记录',
    en: 'record of the decision on the support fee',
  },
  'expenditure-proof': { zh: '刚性支出凭证', en: 'proof of the rigid expenditure' },
  'employment-cost-proof': { zh: '就业成本凭证', en: 'proof of the cost of employment' },
  'average-subsidy': {
    zh: '核查日上月当地平均补助水平',
    en: 'local average subsidy of the month before the check',
  },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Evidence = keyof typeof EVIDENCE;

/** A document counts only if it has a number or date to find it by; an empty entry does not. */
export function isThere(paper: string | null | undefined): boolean {
  return paper !== null && paper !== undefined && paper.trim() !== '';
}

/** Bounds of an amount while something is undecided; `most` null: no upper bound. */
export interface Range {
  readonly least: Decimal;
  readonly most: Decimal | null;
}

/** 'meets' when the whole range is below the bound, 'does not meet' when none of it is. Nothing is rounded. */
export function below(range: Range, bound: Decimal): Verdict {
  if (range.most?.lt(bound) === true) return 'meets';
  return range.least.gte(bound) ? 'does-not-meet' : 'unknown';
}

/** Conjunction: a failed condition decides, otherwise an open one. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('does-not-meet')) return 'does-not-meet';
  return verdicts.includes('unknown') ? 'unknown' : 'meets';
}

/** Disjunction: one condition is enough. */
export function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('meets')) return 'meets';
  return verdicts.includes('unknown') ? 'unknown' : 'does-not-meet';
}

export function verdictOf(known: boolean | null): Verdict {
  return known === null ? 'unknown' : known ? 'meets' : 'does-not-meet';
}

/** Yuan as digits; a number only if exact. */
export type Amount = string | number;

/** @throws MonitorError `calculator` for an amount that is negative or not a number */
export function yuan(amount: Amount, what: string): Decimal {
  if (!/^\d+(\.\d+)?$/.test(String(amount)))
    throw new MonitorError('calculator', `${what} is not an amount of yuan`, {
      fix: 'digits with at most one point, not negative, e.g. 5200.50',
    });
  return decimal(amount);
}

export const ZERO = decimal(0);

export function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), ZERO);
}

/** Two decimals, half up: only for display or payment, never before a comparison. */
export function toFen(amount: Decimal): Decimal {
  return amount.round(2, 1);
}
