/**
 * Residents' identity numbers (GB 11643-1999) as people type them, and the faults of invalid ones. The test is the
 * intake gate's: province, date and check digit. An invalid number would get a pseudonym that no other department's
 * extract has, so it is refused rather than replaced.
 */
export type IdentityFault =
  'already' | 'rounded' | 'old-number' | 'form' | 'province' | 'date' | 'check-digit';

/** The message for a person at the department, without the number. */
export const FAULT_WORDS: Readonly<Record<IdentityFault, string>> = {
  already: 'has 32 hex digits already: the column was pseudonymised before',
  rounded: 'written as 5.2E+17: a spreadsheet has rounded it; export the column as text',
  'old-number': 'an old number of 15 digits: look up the one of 18 digits',
  form: 'not 17 digits and a check digit',
  province: 'begins with no province code',
  date: 'the date of birth does not exist',
  'check-digit': 'the check digit is wrong: a digit is mistyped, or a spreadsheet has rounded it',
};

/** First two digits: provinces, Hong Kong, Macao, Taiwan residents' permits (81–83), abroad (91). */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(
    ' ',
  ),
);
/** GB 11643-1999: weights and check characters of ISO 7064 MOD 11-2. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';

/** Whitespace, zero-width characters and hyphens of every width occur between typed digits. */
const BETWEEN = /[\s\u200b-\u200f\u2060\-\u2010-\u2015\u2212\uff0d]/g;

function checkDigit(number: string): string | undefined {
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries())
    sum += weight * (number.charCodeAt(index) - 0x30);
  return CHECK[sum % 11];
}

function exists(date: string): boolean {
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)].map(Number);
  if (year === undefined || month === undefined || year < 1850 || year > 2100) return false;
  const real = new Date(Date.UTC(year, month - 1, day));
  return real.getUTCMonth() === month - 1 && real.getUTCDate() === day;
}

/** Digits and X only: separators removed, full-width characters narrowed. */
function plain(cell: string): string {
  return cell
    .replace(BETWEEN, '')
    .replace(/[\uff10-\uff19\uff38\uff58]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/x$/, 'X');
}

/** Either the normalised number for hashing, 17 digits and a digit or X, or the fault. */
export type Identity = { readonly number: string } | { readonly fault: IdentityFault };

/** @param cell not blank */
export function readIdentity(cell: string): Identity {
  const number = /^\d{17}[\dX]$/.test(cell) ? cell : plain(cell);
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) {
    if (/^[1-9]\d{14}$/.test(number)) return { fault: 'old-number' };
    if (/^[0-9a-fA-F]{32}$/.test(number)) return { fault: 'already' };
    return { fault: /^\d(\.\d+)?[eE]\+?\d+$/.test(number) ? 'rounded' : 'form' };
  }
  if (!PROVINCES.has(number.slice(0, 2))) return { fault: 'province' };
  if (!exists(number.slice(6, 14))) return { fault: 'date' };
  return checkDigit(number) === number[17] ? { number } : { fault: 'check-digit' };
}
