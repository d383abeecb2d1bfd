/** The end of grace (渐退期): the locality's months for the reason, from the day it began. */
import { moveMonths } from '../interpret.ts';
import { line, type AnswerLine } from './answer.ts';
import type { Locality } from './locality.ts';

export interface GraceCase {
  /** `YYYY-MM-DD` */
  readonly start: string;
  readonly reason: 'state_employment' | 'flexible_employment' | 'other';
}

/** Dates `YYYY-MM-DD`, the last day of grace; null where the locality states no grace. */
export interface GraceAnswer {
  /** With the shortest period the notice allows. */
  readonly earliest: string | null;
  /** With the default: the day staff are reminded of; no benefit stops automatically. */
  readonly end: string | null;
  /** With the longest. */
  readonly latest: string | null;
  readonly lines: readonly AnswerLine[];
}

/** Months are added to the day and clamped to the last of the month (contracts.md section 3). */
export function graceEnd(locality: Locality, { start, reason }: GraceCase): GraceAnswer {
  const months = locality.number('grace-period', { reason });
  if (months === null)
    return {
      earliest: null,
      end: null,
      latest: null,
      lines: [line('当地通知没有写渐退期', 'the local notices state no grace')],
    };
  const least = locality.number('grace-period-min', { reason });
  const most = locality.number('grace-period-max', { reason });
  const lines = [
    line(
      `渐退期${months.value}个月，自${start}起`,
      `grace of ${months.value} months from ${start}`,
      months.citation,
    ),
  ];
  if (least !== null && most !== null)
    lines.push(
      line(
        `原文为${least.value}至${most.value}个月，由审核确认机关按收入稳定情况确定`,
        `the notice allows ${least.value} to ${most.value} months; the office decides`,
        most.citation,
      ),
    );
  return {
    earliest: moveMonths(start, (least ?? months).value),
    end: moveMonths(start, months.value),
    latest: moveMonths(start, (most ?? months).value),
    lines,
  };
}
