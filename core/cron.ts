/** Schedule times: five-field cron patterns, evaluated in Asia/Shanghai. */
import { CronExpressionParser } from 'cron-parser';
import { MonitorError } from './errors.ts';

export const ZONE = 'Asia/Shanghai';

export function unreadable(pattern: string): MonitorError {
  return new MonitorError('config', `schedule: '${pattern}' is not a time of cron`, {
    fix: 'five fields: minute hour day month weekday, e.g. "0 6 8 * *"',
  });
}

/** @throws MonitorError `config` when a pattern of doudi.yaml cannot be read */
export function expression(
  pattern: string,
  at: Date,
): ReturnType<typeof CronExpressionParser.parse> {
  try {
    return CronExpressionParser.parse(pattern, { tz: ZONE, currentDate: at });
  } catch {
    throw unreadable(pattern);
  }
}

/** The first time after an instant. @throws MonitorError `config` when the pattern cannot be read */
export function nextTime(pattern: string, at: Date): Date {
  return expression(pattern, at).next().toDate();
}
