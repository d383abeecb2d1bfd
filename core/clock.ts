/** Time is injected, so that a test can run any month. */
import { MonitorError } from './errors.ts';
import type { Month } from './month.ts';

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export function fixedClock(iso: string): Clock {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) {
    throw new MonitorError('clock', `'${iso}' is not a date and time`, {
      fix: 'e.g. 2026-11-05T09:00:00+08:00',
    });
  }
  return { now: () => new Date(at) };
}

/** The clock of a command: the system clock, or the instant fixed by `DOUDI_NOW` (tests, rehearsals). */
export function clockFromEnvironment(environment: NodeJS.ProcessEnv): Clock {
  const fixed = environment['DOUDI_NOW'];
  return fixed === undefined ? systemClock : fixedClock(fixed);
}

/** A clock that starts at a given instant and runs on from there, for rehearsing another time. */
export function clockFrom(iso: string): Clock {
  const start = fixedClock(iso).now().getTime();
  const made = Date.now();
  return { now: () => new Date(start + Date.now() - made) };
}

/** `YYYY-MM-DD hh:mm` in Asia/Shanghai. */
export function shanghaiTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** The calendar date in Asia/Shanghai, `YYYY-MM-DD`. China has kept UTC+8 without daylight saving since 1992. */
export function shanghaiDate(clock: Clock): string {
  return new Date(clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

export function shanghaiMonth(clock: Clock): Month {
  return shanghaiDate(clock).slice(0, 7) as Month;
}
