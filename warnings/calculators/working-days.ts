/** Working days with the State Council's holidays and make-up days (package `chinese-days`). */
import chineseDays from 'chinese-days';
import { moveDays } from '../interpret.ts';

export interface WorkingDate {
  readonly date: string;
  /** True when the calendar of a year in the period is not published yet: only weekends are known then. */
  readonly provisional: boolean;
}

/** Cached by year: the calendar changes only with the package, and scanning a year takes some milliseconds. */
const published = new Map<string, boolean>();

/** A year is published when the calendar names a holiday on a weekday of it; every year has some. */
function isPublished(year: string): boolean {
  const known = published.get(year);
  if (known !== undefined) return known;
  const holidays = chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false);
  published.set(year, holidays.length > 0);
  return holidays.length > 0;
}

/**
 * The notice of a year may move the last days of the year before (29 December 2018, a Saturday, was made a working day by 2019's): from 24 December
 * on a day is known only when the next year is published too.
 */
function isKnown(day: string): boolean {
  const year = day.slice(0, 4);
  if (!isPublished(year)) return false;
  return day.slice(5) < '12-24' || isPublished(String(Number(year) + 1));
}

/**
 * The last of `count` working days after a day, which itself does not count (Civil Code, article 201).
 * @param from `YYYY-MM-DD`
 */
export function addWorkingDays(from: string, count: number): WorkingDate {
  let date = from;
  for (let left = count; left > 0;) {
    date = moveDays(date, 1);
    if (chineseDays.isWorkday(date)) left -= 1;
  }
  return { date, provisional: !isKnown(from) || !isKnown(date) };
}

/** Working days after `from` (excluded) up to another day (included); 0 if that is earlier. */
export function workingDaysAfter(from: string, to: string): number {
  let count = 0;
  for (let day = moveDays(from, 1); day <= to; day = moveDays(day, 1))
    if (chineseDays.isWorkday(day)) count += 1;
  return count;
}

/** The day itself, or the next working day: a period does not end on a holiday (Civil Code, article 203). */
export function orNextWorkingDay(day: string): WorkingDate {
  let date = day;
  while (!chineseDays.isWorkday(date)) date = moveDays(date, 1);
  return { date, provisional: !isKnown(date) };
}
