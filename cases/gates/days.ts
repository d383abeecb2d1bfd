/**
 * Dates typed by people. Clocks run from them, so an impossible date would remove a deadline or shorten somebody's
 * time: no date may lie after today or before what must have happened first.
 */
import { addMonths, firstDay } from '../../core/month.ts';
import type { CaseState } from '../state.ts';
import { gate, type CaseLead, type Refusal } from './gate.ts';

/** What must have happened first, and when; null: it has not happened, and another gate reports that. */
interface Before {
  readonly day: string | null;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/**
 * @param on the typed date, `YYYY-MM-DD`
 * @param today in Asia/Shanghai
 */
export function typedDay(on: string, today: string, ...before: readonly Before[]): Refusal | null {
  if (on > today) return gate('future', '日期不能晚于今天', 'the date is in the future');
  // Today is never too early, whichever month a rehearsal opened its leads in.
  const first = on === today ? undefined : before.find(({ day }) => day !== null && on < day);
  return first === undefined
    ? null
    : gate(
        first.code,
        `日期不能早于${first.zh}${first.day ?? ''}，请核对后重新填写`,
        `the day lies before ${first.en} on ${first.day ?? ''}`,
      );
}

/**
 * Nobody visits a home for a lead that does not exist yet; what was learnt in the month of its figures still
 * counts.
 */
export const leadOpened = ({ opened }: CaseLead): Before => ({
  day: firstDay(opened),
  code: 'before-lead',
  zh: '预警生成月份首日',
  en: 'the first of the month in which the lead was opened',
});

/**
 * A household may apply at the counter before its lead exists, and the paper may be entered after the turn of the
 * month. The notices count confirmation from that day and set no time for entry; with a month of grace a deadline
 * may be short or past, but always rests on figures that were in force.
 */
export const monthBeforeLead = ({ opened }: CaseLead): Before => ({
  day: firstDay(addMonths(opened, -1)),
  code: 'before-lead',
  zh: '预警生成月份上一月首日',
  en: 'the first of the month before the lead was opened',
});

/** Another county took the case over, or this one sent it back for a visit: earlier visits do not count. */
export const startedOver = ({ startedOver: day }: CaseState): Before => ({
  day,
  code: 'before-restart',
  zh: '接收移交或退回重新入户之日',
  en: 'the visit was asked for again',
});

export const visited = ({ visit }: CaseState): Before => ({
  day: visit?.on ?? null,
  code: 'before-visit',
  zh: '入户核查日',
  en: 'the visit',
});

/** Nobody saw or heard an opinion before it was given: an earlier date would shorten the time to object. */
export const reviewed = ({ opinion }: CaseState): Before => ({
  day: opinion?.civil.day ?? null,
  code: 'before-review',
  zh: '审核日',
  en: 'the review',
});

/** An objection is to what was posted; if nothing was, to the opinion. */
export const shown = (state: CaseState): Before =>
  state.posted === null
    ? reviewed(state)
    : { day: state.posted.on, code: 'before-posting', zh: '张榜公示日', en: 'the posting' };

/** A reinvestigation looks into what somebody said: an earlier visit does not answer it. */
export const objected = ({ objected: day }: CaseState): Before => ({
  day,
  code: 'before-objection',
  zh: '提出异议、申辩或复查申请之日',
  en: 'the objection',
});

export const informed = ({ informed: told }: CaseState): Before => ({
  day: told?.on ?? null,
  code: 'before-inform',
  zh: '告知日',
  en: 'the household was told',
});

/** A notice dated before the decision would shorten the time to ask for a review. */
export const decided = ({ civil, rural }: CaseState): Before => ({
  day: latest([civil?.day ?? null, rural?.day ?? null]),
  code: 'before-decision',
  zh: '确认日',
  en: 'the decision',
});

/** An earlier date would make a late request look timely. */
export const notified = ({ notified: told }: CaseState): Before => ({
  day: told?.on ?? null,
  code: 'before-notice',
  zh: '告知书送达日',
  en: 'the notice was received',
});

export const ended = ({ ended: day }: CaseState): Before => ({
  day,
  code: 'before-decision',
  zh: '办结日',
  en: 'the case ended',
});

/** @returns the last of these days; null: none is known */
export function latest(days: readonly (string | null)[]): string | null {
  return days.reduce<string | null>(
    (last, day) => (last === null || (day ?? '') > last ? day : last),
    null,
  );
}
