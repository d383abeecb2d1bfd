import type { Prng } from './prng.ts';

// Values in every form that section 1 accepts.

export type Cells = Readonly<Record<string, string>>;
export type Tables = Map<string, Cells[]>;

export function put(tables: Tables, dataset: string, prng: Prng, row: Cells): void {
  const rows = tables.get(dataset) ?? [];
  tables.set(dataset, rows);
  rows.push(row);
  // The very same row again: once in a state extract, twice among bills without a number.
  if (prng.chance(0.03)) rows.push(row);
}

export function date(prng: Prng, iso: string): string {
  return prng.chance(0.25) ? iso.replaceAll('-', '') : iso;
}

/** Months come with or without their hyphen, like dates. */
export function month(prng: Prng, iso: string): string {
  return date(prng, iso);
}

export function flag(prng: Prng, value: boolean): string {
  return value ? prng.pick(['true', '1', '是', 'Y']) : prng.pick(['false', '0', '否', 'N']);
}

/** A flag that may be unknown. */
export function maybeFlag(prng: Prng, pTrue: number, pFalse: number): string {
  const roll = prng.next();
  return roll < pTrue ? flag(prng, true) : roll < pTrue + pFalse ? flag(prng, false) : '';
}

/** Fen to yuan, with the trailing zeros written or not. */
export function money(prng: Prng, fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, '0');
  const sign = fen < 0 ? '-' : '';
  const shortest = rest === '00' ? '' : rest.endsWith('0') ? `.${rest.charAt(0)}` : `.${rest}`;
  return `${sign}${whole}${prng.chance(0.5) ? `.${rest}` : shortest}`;
}

export function cell(prng: Prng, value: string): string {
  const padded = prng.chance(0.03)
    ? `${prng.pick(['', ' ', '  '])}${value}${prng.pick([' ', '\t', ''])}`
    : value;
  return /[",\r\n]/.test(padded) || prng.chance(0.02)
    ? `"${padded.replaceAll('"', '""')}"`
    : padded;
}
