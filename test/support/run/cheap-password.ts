/**
 * Stands in for store/accounts/password.ts where product code runs in a test's process (shared-processes.ts): a new password costs
 * a millisecond instead of 300. What one really costs is held by test/unit/password.test.ts.
 */
import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { PasswordHash } from '../../../store/accounts/password.ts';

export * from '../../../store/accounts/password.ts';

const COST = { N: 2 ** 4, r: 8, p: 1 };
const LENGTH = 32;

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);

/** As the program's own; the cost stands in what is kept, so that any reader of it takes the same. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const hash = await derive(password.normalize('NFKC'), salt, LENGTH, COST);
  return { salt: salt.toString('hex'), hash: hash.toString('hex'), ...COST };
}
