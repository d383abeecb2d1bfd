/**
 * Exact decimals for the interpreter and the calculators. SQL uses DECIMAL, this uses big.js;
 * amounts of money never pass through a binary float.
 */
import Big from 'big.js';

export type Decimal = Big;

/** @param value digits with an optional fraction, e.g. `5000` or `1.5` (yuan, persons or a ratio). */
export function decimal(value: string | number | bigint): Decimal {
  return new Big(typeof value === 'bigint' ? value.toString() : value);
}
