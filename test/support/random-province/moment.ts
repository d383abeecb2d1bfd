import { addDays, firstDay, lastDay, shiftMonth } from '../oracle/calendar.ts';
import type { Home, Options } from './home.ts';
import type { Prng } from './prng.ts';

/** One home in one month: what the row makers share. */
export interface Moment {
  readonly month: string;
  readonly end: string;
  readonly prng: Prng;
  readonly options: Options;
  readonly home: Home;
  readonly standard: number;
  readonly pcdi: number;
  /** Income per head in fen; undefined = nobody knows. */
  readonly income: number | undefined;
  readonly size: number;
}

export const toFen = (yuan: number): number => Math.round(yuan * 100);

/** Dates at either edge of the twelve months to the end of M, and some inside and outside. */
export function edgeDate(prng: Prng, month: string): string {
  const edge = firstDay(shiftMonth(month, -11));
  return prng.pick([
    lastDay(month),
    firstDay(month),
    edge,
    edge,
    addDays(edge, -1),
    addDays(edge, prng.int(1, 300)),
    firstDay(shiftMonth(month, -12)),
    lastDay(shiftMonth(month, -prng.int(11, 13))),
  ]);
}

/** A date within the twelve months, its edges included. */
export function recentDate(prng: Prng, month: string): string {
  const edge = firstDay(shiftMonth(month, -11));
  return prng.pick([lastDay(month), edge, addDays(edge, prng.int(0, 330)), firstDay(month)]);
}

function anyIncome(prng: Prng, standard: number, pcdi: number): number | undefined {
  const near = (fen: number): number => fen + prng.int(-1, 1);
  const half = (standard * 3) / 2;
  const roll = prng.next();
  if (roll < 0.1) return undefined;
  if (roll < 0.3) return near(standard);
  if (roll < 0.45)
    return prng.pick([
      Math.floor(half),
      Math.ceil(half),
      Math.ceil(half) - 1,
      Math.floor(half) + 1,
    ]);
  if (roll < 0.53) return near(pcdi);
  // The monitoring lines of 2023 and of the years since.
  if (roll < 0.62) return near(prng.pick([730_000, 750_000, 750_000]));
  if (roll < 0.66) return prng.int(0, 1);
  return prng.int(Math.floor(standard / 2), Math.floor(standard * 1.8));
}

/** Seven tenths of what it was, a fen more or less; in the months before, what it was. */
function falling(before: number, month: string, options: Options, prng: Prng): number {
  const last = options.months.every((each) => each <= month);
  return last ? Math.max(0, Math.floor((before * 7) / 10) + prng.int(-1, 1)) : before;
}

export function momentOf(options: Options, home: Home, month: string, prng: Prng): Moment {
  const standard = toFen(
    home.residence === 'urban' ? options.standard.urban : options.standard.rural,
  );
  const pcdi = toFen(options.pcdi);
  const income =
    home.incomeBefore !== undefined
      ? falling(home.incomeBefore, month, options, prng)
      : home.exact === undefined || prng.chance(0.3)
        ? anyIncome(prng, standard, pcdi)
        : home.exact === 'EXP-02'
          ? standard + prng.pick([1, 2, prng.int(1, standard)])
          : prng.chance(0.3)
            ? pcdi - prng.int(0, 1)
            : prng.int(standard, pcdi - 1);
  return {
    month,
    end: lastDay(month),
    prng,
    options,
    home,
    standard,
    pcdi,
    income,
    size: home.persons.length,
  };
}
