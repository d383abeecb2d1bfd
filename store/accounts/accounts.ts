/**
 * Accounts: administrators' decisions are in the journal, the accounts' secrets in `secrets/`. Every request checks
 * both, so that closing an account takes effect at once.
 */
import { randomBytes } from 'node:crypto';
import { checkRegion, ROLES, SECOND_FACTOR, type Role } from '../../core/account.ts';
import { shanghaiDate, type Clock } from '../../core/clock.ts';
import { MonitorError, usageError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import { hashPassword, oneTimePassword } from './password.ts';
import type { Divisions } from '../../core/region.ts';
import { newSecret, otpauthUri } from './second-factor.ts';
import type { JournalRecord } from '../journal.ts';
import type { AccountSet } from '../records.ts';
import type { AccountSecret, Secrets } from './secrets.ts';
import type { Store } from '../store.ts';

export interface Account extends AccountSet {
  /** Time of the last decision on it. */
  readonly set_at: string;
}

export interface AccountDirectory {
  find(name: string): Account | undefined;
  /** By name. */
  all(): readonly Account[];
  /** Whether the home ever had an account: from then on nobody gets in without one. */
  any(): boolean;
}

/** The accounts in the journal; records added since the last call are read on the next. */
export function accountBook(records: readonly JournalRecord[]): AccountDirectory {
  const accounts = new Map<string, Account>();
  let read = 0;
  const refresh = (): void => {
    for (; read < records.length; read += 1) {
      const record = records[read];
      if (record?.type === 'account.set')
        accounts.set(record.data.name, { ...record.data, set_at: record.at });
    }
  };
  return {
    find(name) {
      refresh();
      return accounts.get(name);
    },
    all() {
      refresh();
      return [...accounts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    any() {
      refresh();
      return accounts.size > 0;
    },
  };
}

/** Whether the account may be used today; `expires` is its last day. */
export function isInForce(account: Account | undefined, clock: Clock): account is Account {
  if (account?.active !== true) return false;
  return account.expires === null || shanghaiDate(clock) <= account.expires;
}

const NAME = /^[a-z0-9][a-z0-9-]{1,39}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Last day of an account or token. @throws MonitorError `usage` */
export function parseDay(text: string | undefined): string | null {
  if (text === undefined) return null;
  const day = new Date(`${text}T00:00:00Z`);
  if (!DAY.test(text) || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text))
    throw usageError(`'${text}' is not a day`, 'write it as YYYY-MM-DD');
  return text;
}

/** @throws MonitorError `usage` */
export function parseRole(text: string): Role {
  if (Object.hasOwn(ROLES, text)) return text as Role;
  throw usageError(`there is no role '${text}'`, `one of ${Object.keys(ROLES).join(', ')}`);
}

/** Shown once and never stored. */
export interface NewCredentials {
  readonly password: string;
  /** `otpauth://…` for an authenticator app; null: the role needs none. */
  readonly otpauth: string | null;
}

/** What changing accounts needs: the home's store, its secrets and its divisions. */
export interface AccountKeeper {
  readonly store: Pick<Store, 'alone' | 'records' | 'clock'>;
  readonly secrets: Secrets;
  readonly divisions: Divisions;
}

async function give(
  { secrets }: AccountKeeper,
  { name, role }: Pick<Account, 'name' | 'role'>,
): Promise<NewCredentials> {
  const before = secrets.get(name);
  const password = oneTimePassword();
  const totp = SECOND_FACTOR.has(role) ? newSecret() : null;
  secrets.set(name, {
    password: await hashPassword(password),
    one_time: true,
    generation: (before?.generation ?? 0) + 1,
    totp,
    last_step: 0,
    tries: 0,
    locked_until: null,
    last_sign_in: before?.last_sign_in ?? null,
    tokens: [],
  });
  return { password, otpauth: totp === null ? null : otpauthUri(totp, name) };
}

/**
 * Creates an account, or reopens a closed one of the same name.
 * @throws MonitorError `usage` for an invalid name, region or day, or a name in use
 */
export async function addAccount(
  keeper: AccountKeeper,
  wanted: Pick<AccountSet, 'name' | 'role' | 'region' | 'expires' | 'by'>,
): Promise<NewCredentials> {
  const { store, divisions } = keeper;
  const { name, role, region, expires } = wanted;
  if (!NAME.test(name))
    throw usageError(`'${name}' is not a valid account name`, '2 to 40 of a–z, 0–9 and -');
  checkRegion(divisions, role, region);
  if (expires !== null && expires < shanghaiDate(store.clock))
    throw usageError(`${expires} has gone by`);
  // The secret is written first, so that every account in the journal can be signed in to or reset.
  return store.alone(async ({ commit }) => {
    if (accountBook(store.records).find(name)?.active === true)
      throw usageError(`there is an account ${name} already`, 'close it first, or reset it');
    const given = await give(keeper, wanted);
    await commit('account.set', { ...wanted, active: true });
    return given;
  });
}

/** The latest decision on an account. */
function known(store: Pick<Store, 'records'>, name: string): AccountSet {
  const account = accountBook(store.records).find(name);
  if (account === undefined)
    throw new MonitorError('unknown', `there is no account ${name}`, {
      severity: 'reject',
      fix: '`doudi accounts list` lists all',
    });
  const { role, region, expires, active, by } = account;
  return { name, role, region, expires, active, by };
}

/** Closes the account: sessions and tokens stop working at once. @throws MonitorError `unknown` */
export function closeAccount(
  { store, secrets }: AccountKeeper,
  name: string,
  by: string,
): Promise<void> {
  return store.alone(async ({ commit }) => {
    await commit('account.set', { ...known(store, name), active: false, by });
    const secret = secrets.get(name);
    if (secret !== null)
      secrets.set(name, { ...secret, generation: secret.generation + 1, tokens: [] });
  });
}

/**
 * Issues a new one-time password and second factor; sessions and tokens end. @throws MonitorError `unknown`, `usage`
 * when closed
 */
export function resetAccount(
  keeper: AccountKeeper,
  name: string,
  by: string,
): Promise<NewCredentials> {
  const { store } = keeper;
  return store.alone(async ({ commit }) => {
    const account = known(store, name);
    if (!account.active) throw usageError(`the account ${name} is closed`, 'add it again');
    // Records who did it and when, like every decision of an administrator.
    await commit('account.set', { ...account, by });
    return give(keeper, account);
  });
}

/** @returns a token for a program that acts as the account: shown once, stored as SHA-256 */
export function giveToken(
  { store, secrets }: AccountKeeper,
  name: string,
  what: string,
  expires: string | null,
): Promise<string> {
  return store.alone(() => {
    const account = known(store, name);
    const secret = secrets.get(name);
    if (!account.active || secret === null) throw usageError(`the account ${name} is closed`);
    if (expires !== null && expires < shanghaiDate(store.clock))
      throw usageError(`${expires} has gone by`);
    const token = randomBytes(32).toString('base64url');
    const digest = sha256(token);
    const made = {
      id: digest.slice(0, 8),
      sha256: digest,
      what,
      made_at: store.clock.now().toISOString(),
      expires,
    };
    secrets.set(name, { ...secret, tokens: [...secret.tokens, made] });
    return Promise.resolve(token);
  });
}

/** Whether a token is still valid; `expires` is its last day. */
export function tokenStands(token: AccountSecret['tokens'][number], clock: Clock): boolean {
  return token.expires === null || shanghaiDate(clock) <= token.expires;
}
