/**
 * Randomness as a function: every draw is a hash of seed, subject, purpose and month. So a file is the same
 * whatever the number of threads, and a month's file does not depend on which other months are requested.
 */
import { createHash } from 'node:crypto';
import { literal } from '../store/sql.ts';

/**
 * What a draw is for. Two draws for one subject are independent because the purpose enters the integer before it is
 * hashed (DuckDB's `hash(a, b)` would only XOR a constant onto the hash of `a`).
 */
export const PURPOSE = {
  block: 1,
  homePlace: 2,
  home: 3,
  homeIncome: 4,
  person: 10,
  death: 11,
  certificate: 12,
  schooling: 13,
  job: 14,
  insurance: 15,
  illness: 16,
  bill: 17,
  fact: 18,
  disaster: 19,
  affected: 20,
  report: 21,
  village: 22,
} as const;

/** First month a draw may be made for: 2000-01 as months since year 0. 2,048 months fit. */
const FIRST_MONTH = 24_000;

/**
 * The macros used by all statements of the generator.
 * - `draw(subject, purpose)` and `draw_at(subject, purpose, month)`: UBIGINT, uniform; subject is a number below
 *   2^40, month an index (months since year 0).
 * - `person_key(i)`, `home_key(h)`: 32 lower-case hex digits, in the form of pseudonyms (contracts.md section 1).
 * - `yuan(fen)`: DECIMAL with two decimals. `month_day(month, n)`: a day of the month, n taken modulo 27.
 * - `month_text(month)`: `YYYY-MM`. `first_day(month)`: DATE.
 */
export function randomMacros(seed: number): string {
  const digest = createHash('sha256').update(`doudi generate ${seed}`).digest('hex');
  // 60 bits leave room for the subject without overflow.
  const base = BigInt(`0x${digest.slice(0, 15)}`).toString();
  const prefix = digest.slice(16, 32);
  return `
CREATE OR REPLACE MACRO draw(subject, purpose) AS
  hash(${base}::BIGINT + subject::BIGINT * 1048576 + purpose * 2048);
CREATE OR REPLACE MACRO draw_at(subject, purpose, month) AS
  hash(${base}::BIGINT + subject::BIGINT * 1048576 + purpose * 2048 + (month - ${FIRST_MONTH}));
CREATE OR REPLACE MACRO person_key(i) AS md5(${literal(`${prefix}|person|`)} || i);
CREATE OR REPLACE MACRO home_key(h) AS md5(${literal(`${prefix}|home|`)} || h);
CREATE OR REPLACE MACRO plant_key(who, scenario, month, k) AS
  md5(${literal(`${prefix}|plant|`)} || who || '|' || scenario || '|' || month || '|' || k);
CREATE OR REPLACE MACRO yuan(fen) AS fen::INTEGER * 0.01::DECIMAL(2, 2);
CREATE OR REPLACE MACRO first_day(month) AS make_date((month // 12)::BIGINT, (month % 12 + 1)::BIGINT, 1);
CREATE OR REPLACE MACRO month_day(month, n) AS first_day(month) + (n % 27)::INTEGER;
CREATE OR REPLACE MACRO month_text(month) AS
  (month // 12) || '-' || lpad((month % 12 + 1)::VARCHAR, 2, '0');
`;
}
