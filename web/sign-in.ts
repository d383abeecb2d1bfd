/**
 * Signing in: name, password, and a code if the role requires one. A refused caller gets the same answer, after the
 * same time, whether the name, the password or the code was wrong, or the account is locked, closed or expired
 * (T18).
 */
import { SECOND_FACTOR, type Actor } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import type { AccountSettings } from '../core/config.ts';
import { MonitorError, usageError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import { checkPassword, hashPassword, isPassword } from '../store/accounts/password.ts';
import { stepOfCode } from '../store/accounts/second-factor.ts';
import {
  isInForce,
  tokenStands,
  type Account,
  type AccountDirectory,
} from '../store/accounts/accounts.ts';
import type { AuditFact } from '../store/audit/chain.ts';
import type { Audit } from '../store/audit/audit.ts';
import type { AccountSecret, Secrets } from '../store/accounts/secrets.ts';

export interface SignInParts {
  readonly book: AccountDirectory;
  readonly secrets: Secrets;
  readonly audit: Pick<Audit, 'write'>;
  readonly clock: Clock;
  /** Authenticator apps follow real time, also in a rehearsal of another month. */
  readonly codes: Clock;
  readonly settings: AccountSettings;
}

/** An account that gave the right password, and which generation of it. */
export interface SignedIn {
  readonly name: string;
  readonly generation: number;
}

export interface SignIn {
  readonly clock: Clock;
  readonly settings: AccountSettings;
  /** Whether the home ever had an account. */
  any(): boolean;
  /** Who a session speaks for now; null: closed, expired, reset. */
  actorOf(signed: SignedIn): { readonly actor: Actor; readonly oneTime: boolean } | null;
  /** Owner of a token; null: nobody's, or no longer valid. */
  actorOfToken(token: string): Actor | null;
  /** @throws MonitorError `sign-in` */
  signIn(name: string, password: string, code: string): Promise<SignedIn>;
  /** @throws MonitorError `sign-in` for a wrong old password, `usage` for an unacceptable new one */
  changePassword(signed: SignedIn, old: string, next: string): Promise<SignedIn>;
  /** Records a sign-out. */
  left(signed: SignedIn): Promise<void>;
}

const refused = (): MonitorError =>
  new MonitorError('sign-in', 'the name, the password or the code is wrong', {
    severity: 'reject',
    fix: 'after several wrong tries an account is locked for a while; an administrator can reset it',
  });

export function openSignIn(parts: SignInParts): SignIn {
  const { book, secrets, audit, clock, codes, settings } = parts;

  const tell = (account: Account | undefined, route: string, outcome: string): Promise<void> => {
    // An invalid name may be a password typed in the wrong field: it is not recorded.
    const { name = '-', role = '', region = '' } = account ?? {};
    const fact: AuditFact = { account: name, role, region, route, place: '', subject: '', outcome };
    return audit.write(fact);
  };

  const standing = (name: string): { account: Account; secret: AccountSecret } | null => {
    const account = book.find(name);
    const secret = secrets.get(name);
    return secret !== null && isInForce(account, clock) ? { account, secret } : null;
  };

  /**
   * Counts an attempt before it is judged, so that a hundred at once count as a hundred.
   * @returns whether it may be judged
   */
  const countTry = (name: string): boolean => {
    const secret = secrets.get(name);
    if (secret === null) return false;
    const now = clock.now();
    const until = secret.locked_until;
    if (until !== null && now.toISOString() < until) return false;
    const tries = (until === null ? secret.tries : 0) + 1;
    const locked_until =
      tries >= settings.lockTries ? new Date(now.getTime() + settings.lockMs).toISOString() : null;
    secrets.set(name, { ...secret, tries, locked_until });
    return true;
  };

  /**
   * Accepts each code only once.
   * @returns whether it was needed and right, or not needed
   */
  const takeCode = (account: Account, code: string): boolean => {
    const secret = secrets.get(account.name);
    if (secret === null) return false;
    if (!SECOND_FACTOR.has(account.role)) return true;
    if (secret.totp === null) return false;
    const step = stepOfCode(secret.totp, code, secret.last_step, codes.now());
    if (step === null) return false;
    secrets.set(account.name, { ...secret, last_step: step });
    return true;
  };

  const judge = async (name: string, password: string): Promise<boolean> => {
    const may = standing(name) !== null && countTry(name);
    const kept = may ? (secrets.get(name)?.password ?? null) : null;
    return isPassword(password, kept);
  };

  return {
    clock,
    settings,
    any: () => book.any(),
    actorOf({ name, generation }) {
      const found = standing(name);
      if (found?.secret.generation !== generation) return null;
      const { role, region } = found.account;
      return { actor: { name, role, region }, oneTime: found.secret.one_time };
    },
    actorOfToken(token) {
      const found = secrets.ofToken(sha256(token));
      if (found === null || !tokenStands(found.token, clock)) return null;
      const account = book.find(found.name);
      if (!isInForce(account, clock)) return null;
      const { name, role, region } = account;
      return { name, role, region };
    },
    async signIn(name, password, code) {
      const known = book.find(name);
      const right = await judge(name, password);
      // Check again: the account may have been closed while the password was being hashed.
      const found = right ? standing(name) : null;
      if (found === null || !takeCode(found.account, code)) {
        const until = secrets.get(name)?.locked_until ?? null;
        const locked = until !== null && clock.now().toISOString() < until;
        await tell(known, 'POST /session', locked ? 'locked' : 'failure');
        throw refused();
      }
      const secret = secrets.get(name) ?? found.secret;
      const last_sign_in = clock.now().toISOString();
      secrets.set(name, { ...secret, tries: 0, locked_until: null, last_sign_in });
      await tell(found.account, 'POST /session', 'success');
      return { name, generation: secret.generation };
    },
    async changePassword({ name, generation }, old, next) {
      const right = await judge(name, old);
      const found = right ? standing(name) : null;
      if (found?.secret.generation !== generation) {
        await tell(book.find(name), 'POST /session/password', 'failure');
        throw refused();
      }
      checkPassword(next, name);
      if (next === old) throw usageError('the new password is the old one');
      const password = await hashPassword(next);
      const secret = secrets.get(name) ?? found.secret;
      // The account's other sessions end: anybody who knew the old password is out.
      const changed = { generation: secret.generation + 1, one_time: false };
      secrets.set(name, { ...secret, ...changed, password, tries: 0, locked_until: null });
      await tell(found.account, 'POST /session/password', 'success');
      return { name, generation: changed.generation };
    },
    left: ({ name }) => tell(book.find(name), 'DELETE /session', 'left'),
  };
}
