/**
 * Passwords. Stored as scrypt (RFC 7914) from node:crypto: memory-hard, and installs without a compiler. The only
 * requirement is length (NIST SP 800-63B 5.1.1.2: no composition rules).
 */
import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import pLimit from 'p-limit';
import { usageError } from '../../core/errors.ts';

export const SHORTEST = 12;
const LONGEST = 200;

/** Per OWASP's cheat sheet equivalent to N = 2^17, r = 8, p = 1, with a quarter of the memory: 32 MB. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const LENGTH = 32;
const MAXMEM = 64 * 2 ** 20;

/** Two at a time: many simultaneous sign-ins must not take all memory and threads. */
const hashing = pLimit(2);

export interface PasswordHash {
  readonly salt: string;
  readonly hash: string;
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  const options = { ...cost, maxmem: MAXMEM };
  return hashing(
    () =>
      new Promise((resolve, reject) => {
        // Normalised, so that the same characters typed on different keyboards match.
        scrypt(password.normalize('NFKC'), salt, LENGTH, options, (error, key) => {
          if (error === null) resolve(key);
          else reject(error);
        });
      }),
  );
}

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  return { salt: salt.toString('hex'), hash: hash.toString('hex'), ...COST };
}

/** Dummy hash, checked for unknown names so that the answer takes equally long (threat T18). */
const NOBODY: PasswordHash = { salt: '00'.repeat(16), hash: '00'.repeat(LENGTH), ...COST };

/** @param kept null: no such account; the answer is false, after the same time as any other */
export async function isPassword(password: string, kept: PasswordHash | null): Promise<boolean> {
  const { salt, hash, N, r, p } = kept ?? NOBODY;
  const found = await derive(password, Buffer.from(salt, 'hex'), { N, r, p });
  return timingSafeEqual(found, Buffer.from(hash, 'hex')) && kept !== null;
}

/** @throws MonitorError `usage` for an unacceptable password */
export function checkPassword(password: string, name: string): void {
  const length = [...password].length;
  if (length < SHORTEST || length > LONGEST)
    throw usageError(
      `a password has ${SHORTEST} to ${LONGEST} characters`,
      'several words in a row are easy to keep in mind',
    );
  if (password.toLowerCase().includes(name))
    throw usageError('a password must not contain the name of the account');
}

/** No 0, O, 1, l or I: the password is read out and typed. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Four groups of four, 80 bits; must be changed at the first sign-in. */
export function oneTimePassword(): string {
  const letter = (): string => LETTERS[randomInt(LETTERS.length)] ?? 'a';
  const group = (): string => Array.from({ length: 4 }, letter).join('');
  return Array.from({ length: 4 }, group).join('-');
}
