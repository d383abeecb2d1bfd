/** The second factor: six-digit time-based codes (TOTP, RFC 6238), as every authenticator app makes them. */
import { Secret, TOTP } from 'otpauth';

const PERIOD = 30;
/** Accepted clock drift, in steps. */
const WINDOW = 1;

function totp(secret: string, name: string): TOTP {
  return new TOTP({ issuer: 'doudi', label: name, secret, period: PERIOD });
}

/** @returns 160 random bits, base 32 */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** `otpauth:` URI for an authenticator app, to scan or paste. */
export function otpauthUri(secret: string, name: string): string {
  return totp(secret, name).toString();
}

/**
 * @param last step of the last accepted code: a code works once
 * @returns the step of a correct code; null: wrong or already used
 */
export function stepOfCode(secret: string, code: string, last: number, now: Date): number | null {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totp(secret, 'code').validate({ token, timestamp: now.getTime(), window: WINDOW });
  if (delta === null) return null;
  const step = Math.floor(now.getTime() / 1000 / PERIOD) + delta;
  return step > last ? step : null;
}
