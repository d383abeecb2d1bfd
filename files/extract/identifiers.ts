/**
 * The gate against raw identifiers: identity numbers, mobile numbers and bank cards in what should be anonymous.
 * Checks whole delimited tokens; sees through full-width digits, zero-width characters, spaces and hyphens.
 * Never returns what was found, only that it was found and where.
 */
import { readIdentity } from '../identity.ts';

export type IdentifierKind = 'identity-number' | 'phone' | 'bank-card';

/** @param number 18 characters, the last possibly X */
export function isIdentityNumber(number: string): boolean {
  return 'number' in readIdentity(number);
}

/** @param number 16 to 19 digits starting with 62 (UnionPay); Luhn (GB/T 14504) */
export function isBankCard(number: string): boolean {
  if (!/^62\d{14,17}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const SEPARATOR = String.raw`[ \t\u00a0\u3000\-\u2010-\u2015\u2212\uff0d]{0,2}`;
const BEFORE = '(?<![0-9A-Za-z])';
const AFTER = '(?![0-9A-Za-z])';
const IDENTITY = new RegExp(`${BEFORE}[1-9](?:${SEPARATOR}\\d){16}${SEPARATOR}[\\dX]${AFTER}`, 'g');
const PHONE = new RegExp(
  `${BEFORE}(?:\\+?86${SEPARATOR})?1[3-9]\\d${SEPARATOR}\\d{4}${SEPARATOR}\\d{4}${AFTER}`,
);
const CARD = new RegExp(`${BEFORE}62(?:${SEPARATOR}\\d){14,17}${AFTER}`, 'g');

function plain(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[\uff10-\uff19\uff38\uff58]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/x/g, 'X');
}

/** The kinds of identifiers that a cell holds. */
export function findIdentifiers(cell: string): Set<IdentifierKind> {
  const text = plain(cell);
  const joined = (match: string): string => match.replace(/[^0-9X]/g, '');
  const found = new Set<IdentifierKind>();
  if ((text.match(IDENTITY) ?? []).some((match) => isIdentityNumber(joined(match))))
    found.add('identity-number');
  if (PHONE.test(text)) found.add('phone');
  if ((text.match(CARD) ?? []).some((match) => isBankCard(joined(match)))) found.add('bank-card');
  return found;
}

/**
 * Cheap SQL test for cells worth checking: eleven digits with nothing but separators between them.
 * Everything `findIdentifiers` finds passes it.
 */
export function suspicious(text: string): string {
  const gap = String.raw`[ \t\x{00a0}\x{3000}\-\x{2010}-\x{2015}\x{2212}\x{ff0d}\x{200b}-\x{200f}\x{2060}\x{feff}]*`;
  return `(length(${text}) >= 11 AND regexp_matches(${text}, '(?:[0-9０-９]${gap}){11}'))`;
}
