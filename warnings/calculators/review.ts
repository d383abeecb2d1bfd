/** When a household's next review is due. */
import { moveMonths } from '../interpret.ts';
import { line, type AnswerLine } from './answer.ts';
import type { Locality } from './locality.ts';

export interface ReviewCase {
  /** Day of the last review, `YYYY-MM-DD`. */
  readonly last: string;
  readonly programme: 'dibao' | 'tekun';
  /** Whether the household's income comes from a fixed source; null: unknown. */
  readonly stableIncome: boolean | null;
  /** Whether a member is able to work; null: unknown. */
  readonly labour: boolean | null;
}

export interface ReviewAnswer {
  /** `YYYY-MM-DD`; null where the locality states no interval. */
  readonly due: string | null;
  /** The household's income or ability to work is unknown; the earliest possible date is given. */
  readonly provisional: boolean;
  readonly lines: readonly AnswerLine[];
}

/** Months clamp to the last day of the month. */
export function reviewDue(locality: Locality, asked: ReviewCase): ReviewAnswer {
  const { last, programme, stableIncome, labour } = asked;
  const usual = locality.number('review-interval');
  const shorter = locality.number('review-interval-unstable');
  const settled = programme === 'tekun' || stableIncome === true || labour === false;
  if (shorter !== null && !settled) {
    const provisional = stableIncome === null || labour === null;
    return {
      due: moveMonths(last, shorter.value),
      provisional,
      lines: [
        provisional
          ? line(
              `收入是否固定或有无劳动能力未知，先按${shorter.value}个月提醒`,
              `whether income is stable or a member can work is unknown: ${shorter.value} months for now`,
              shorter.citation,
            )
          : line(
              `收入来源不固定且有劳动能力，每${shorter.value}个月核查一次`,
              `unstable income and labour: every ${shorter.value} months`,
              shorter.citation,
            ),
      ],
    };
  }
  if (usual === null)
    return {
      due: null,
      provisional: false,
      lines: [line('当地通知没有写复核周期', 'the local notices state no review interval')],
    };
  return {
    due: moveMonths(last, usual.value),
    provisional: false,
    lines: [line(`每${usual.value}个月复核一次`, `every ${usual.value} months`, usual.citation)],
  };
}
