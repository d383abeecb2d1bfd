/**
 * Household numbers have no form that holds everywhere: certificate numbers, numbers of a system, the householder's
 * identity number. The last is the one that departments share, so it is hashed as an identity number is and gives the
 * householder's own id, however it was typed.
 */
import { readIdentity } from '../files/identity.ts';

/** @param cell not blank; @returns what is hashed, or null when the cell holds a pseudonym already */
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
