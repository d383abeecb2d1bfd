/** The pseudonym itself (contracts.md section 1). */
import { createHmac, type KeyObject } from 'node:crypto';

/** @returns 32 lower-case hex digits: the first 128 bits of HMAC-SM3 over the normalised number */
export function pseudonymOf(key: KeyObject, normalised: string): string {
  return createHmac('sm3', key).update(normalised, 'utf8').digest('hex').slice(0, 32);
}
