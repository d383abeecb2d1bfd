/** A clock that stands until a test moves it. */
import type { Clock } from '../../core/clock.ts';

export class MovedClock implements Clock {
  private at: number;

  /** @param start an instant, or a day `YYYY-MM-DD`, which begins at nine in China */
  constructor(start: string) {
    this.at = MovedClock.instant(start);
  }

  private static instant(text: string): number {
    return Date.parse(text.length === 10 ? `${text}T09:00:00+08:00` : text);
  }

  now(): Date {
    return new Date(this.at);
  }

  to(start: string): void {
    this.at = MovedClock.instant(start);
  }

  forward(ms: number): void {
    this.at += ms;
  }
}
