/**
 * Household numbers have no uniform format: certificate numbers, system numbers, the householder's identity number. The
 * last is what departments share, so it is hashed like an identity number and gives the householder's own id, however
 * it was typed.
 */
import { readIdentity } from '../files/identity.ts';

/** @param cell not blank; @returns the text to hash, or null when the cell is already a pseudonym */
export function normaliseHousehold(cell: string): string | null {
  const identity = readIdentity(cell);
  if ('number' in identity) return identity.number;
  if (identity.fault === 'already') return null;
  return cell
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .normalize('NFKC')
    .trim()
    .toUpperCase();
}
