/** The deadlines of a case. A deadline only reminds; it decides nothing. */
import { moveDays, moveMonths } from '../interpret.ts';
import { line, type AnswerLine } from './answer.ts';
import type { Locality } from './locality.ts';
import { addWorkingDays, orNextWorkingDay } from './working-days.ts';

export interface Deadline {
  /** Last day, `YYYY-MM-DD`; null where the locality states no time. */
  readonly date: string | null;
  /** The holidays of a year in the period are not published yet. */
  readonly provisional: boolean;
  readonly lines: readonly AnswerLine[];
}

const silent = (zh: string, en: string): Deadline => ({
  date: null,
  provisional: false,
  lines: [line(`当地通知没有写${zh}`, `the local notices state no ${en}`)],
});

const NOT_PUBLISHED = line(
  '所涉年份的放假安排尚未公布，日期为暂定',
  'the holidays of a year on the way are not published: the date is provisional',
);

export interface ConfirmationCase {
  /** Day of acceptance, `YYYY-MM-DD`; not counted. */
  readonly accepted: string;
  /** Who confirms; undefined: as in the locality's notice. */
  readonly level?: 'county' | 'township';
  /** Reason for an extension, one of `confirmation-extension-reason`; null: none. */
  readonly extension: string | null;
}

/**
 * Working days from acceptance to confirmation: 30, 20 where townships confirm, 45 for the reasons named in the
 * notice. Any other reason gives no extension, and the answer says so.
 */
export function confirmationDue(locality: Locality, asked: ConfirmationCase): Deadline {
  const { accepted, extension } = asked;
  const level = asked.level ?? locality.text('confirmation-level')?.value ?? 'county';
  const reason =
    extension === null
      ? null
      : locality.flag('confirmation-extension-reason', { reason: extension });
  const extended = reason?.value === true;
  const days = locality.number('confirmation-working-days', {
    kind: extended ? 'extended' : level,
  });
  if (days === null) return silent('审核确认时限', 'time for confirmation');
  const { date, provisional } = addWorkingDays(accepted, days.value);
  const lines = [
    line(
      `自${accepted}受理起${days.value}个工作日（受理当日不计）`,
      `${days.value} working days from acceptance on ${accepted}, that day not counted`,
      days.citation,
    ),
  ];
  if (reason?.value === true)
    lines.push(line('有可以延长的情形', 'a reason for more time', reason.citation));
  else if (extension !== null)
    lines.push(
      line(
        '所列情形不在当地通知的延长事由之内，未延长',
        'the local notices do not name this reason: no more time is given',
      ),
    );
  return { date, provisional, lines: provisional ? [...lines, NOT_PUBLISHED] : lines };
}

/**
 * The last day of publicity: whole days after the day of posting, which does not count (Civil Code, article 201), so
 * that nobody has less than the full time to object.
 * @param posted `YYYY-MM-DD`
 */
export function publicityEnd(
  locality: Locality,
  { posted, of }: { readonly posted: string; readonly of: 'dibao' | 'monitored' },
): Deadline {
  const days = locality.number(of === 'dibao' ? 'publicity-days' : 'monitored-publicity-days');
  if (days === null) return silent('公示天数', 'days of publicity');
  return {
    date: moveDays(posted, days.value),
    provisional: false,
    lines: [line(`公示${days.value}天`, `posted for ${days.value} days`, days.citation)],
  };
}

/** Days for identifying a monitored household, including public posting. @param begun `YYYY-MM-DD` */
export function monitoredIdentificationDue(locality: Locality, begun: string): Deadline {
  const days = locality.number('monitored-identification-days');
  if (days === null) return silent('监测对象识别时限', 'time for identification');
  return {
    date: moveDays(begun, days.value),
    provisional: false,
    lines: [
      line(`识别不超过${days.value}天`, `identified within ${days.value} days`, days.citation),
    ],
  };
}

/**
 * Deadline for requesting review of a refusal: calendar days after receipt; if the last day is a holiday, the next
 * working day.
 * @param received `YYYY-MM-DD`
 */
export function refusalReviewUntil(locality: Locality, received: string): Deadline {
  const days = locality.number('refusal-review-days');
  if (days === null) return silent('复查申请期限', 'time to ask for a review');
  const { date, provisional } = orNextWorkingDay(moveDays(received, days.value));
  const lines = [
    line(
      `自收到告知书之日起${days.value}日内可以提出复查申请`,
      `a review may be asked for within ${days.value} days of receipt`,
      days.citation,
    ),
  ];
  return { date, provisional, lines: provisional ? [...lines, NOT_PUBLISHED] : lines };
}

/**
 * Deadline for checking the family and settling the benefit: months from the day of death, not of the match. @param
 * died `YYYY-MM-DD`
 */
export function deathCheckDue(locality: Locality, died: string): Deadline {
  const months = locality.number('death-check-months');
  if (months === null) return silent('成员死亡后的核查期限', 'time for the check after a death');
  return {
    date: moveMonths(died, months.value),
    provisional: false,
    lines: [
      line(
        `自死亡之日起${months.value}个月内核查并办理增发、减发或停发`,
        `checked and settled within ${months.value} months of the death`,
        months.citation,
      ),
    ],
  };
}
