/**
 * The secrets of accounts: password hashes, second factors, token digests. One owner-only file in the home, always
 * replaced whole and synced; never in journal or ledger. Reread when another process has replaced it.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MonitorError } from '../../core/errors.ts';
import type { Home } from '../../core/home.ts';
import { settle } from '../files.ts';

const hex = z.string().regex(/^[0-9a-f]+$/);

const tokenSchema = z.strictObject({
  /** First characters of the digest: names the token when it is revoked. */
  id: hex,
  sha256: hex.length(64),
  what: z.string(),
  made_at: z.string(),
  /** Last day; null: until revoked. */
  expires: z.string().nullable(),
});

const secretSchema = z.strictObject({
  password: z.strictObject({
    salt: hex,
    hash: hex,
    N: z.number().int(),
    r: z.number().int(),
    p: z.number().int(),
  }),
  /** The password is a one-time one and must be changed first. */
  one_time: z.boolean(),
  /** Incremented with every change: older sessions end. */
  generation: z.number().int(),
  /** Base 32; null: the role needs none. */
  totp: z.string().nullable(),
  /** Step of the last accepted code. */
  last_step: z.number().int(),
  /** Failed attempts since the last success. */
  tries: z.number().int(),
  locked_until: z.string().nullable(),
  last_sign_in: z.string().nullable(),
  tokens: z.array(tokenSchema),
});

const fileSchema = z.strictObject({
  format: z.literal(1),
  accounts: z.record(z.string(), secretSchema),
});

export type AccountSecret = Readonly<z.infer<typeof secretSchema>>;
export type TokenSecret = Readonly<z.infer<typeof tokenSchema>>;

/** Path relative to the home. */
export const SECRETS = 'secrets/accounts.json';

export interface Secrets {
  get(name: string): AccountSecret | null;
  /** Names that have a secret. */
  readonly names: readonly string[];
  /** Owner of the token with this digest; the token may have expired. */
  ofToken(sha256: string): { readonly name: string; readonly token: TokenSecret } | null;
  /** Replaces one account's secrets; on disk when it returns. */
  set(name: string, secret: AccountSecret): void;
}

/** @throws MonitorError `secrets` when the file is malformed or readable by others */
export function openSecrets(home: Pick<Home, 'root' | 'temporary'>): Secrets {
  const path = join(home.root, SECRETS);
  let read = '';
  let accounts = new Map<string, AccountSecret>();
  let tokens = new Map<string, { name: string; token: TokenSecret }>();

  const take = (found: Readonly<Record<string, AccountSecret>>): void => {
    accounts = new Map(Object.entries(found));
    tokens = new Map(
      [...accounts].flatMap(([name, one]) =>
        one.tokens.map((token) => [token.sha256, { name, token }] as const),
      ),
    );
  };
  /** The current file: a replacement by a command or a restore takes effect at once. */
  const refresh = (): void => {
    const state = statSync(path, { throwIfNoEntry: false });
    const now = state === undefined ? '' : `${state.ino} ${state.mtimeMs} ${state.size}`;
    if (now === read) return;
    if (state === undefined) take({});
    else {
      const wrong = (why: string, fix: string): MonitorError =>
        new MonitorError('secrets', `${SECRETS}: ${why}`, { fix });
      if ((state.mode & 0o077) !== 0)
        throw wrong('others may read it', `chmod 600 ${SECRETS} in the home`);
      let parsed: z.ZodSafeParseResult<z.infer<typeof fileSchema>>;
      try {
        parsed = fileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        throw wrong('not JSON', 'put back the file of the last backup');
      }
      if (!parsed.success) throw wrong('not of the form', 'put back the file of the last backup');
      take(parsed.data.accounts);
    }
    read = now;
  };
  return {
    get names() {
      refresh();
      return [...accounts.keys()].sort();
    },
    get(name) {
      refresh();
      return accounts.get(name) ?? null;
    },
    ofToken(sha256) {
      refresh();
      return tokens.get(sha256) ?? null;
    },
    set(name, secret) {
      refresh();
      take({ ...Object.fromEntries(accounts), [name]: secret });
      const body = { format: 1, accounts: Object.fromEntries(accounts) };
      mkdirSync(join(home.root, 'secrets'), { recursive: true, mode: 0o700 });
      const draft = join(home.temporary, 'accounts.json');
      writeFileSync(draft, `${JSON.stringify(body, null, 1)}\n`, { mode: 0o600 });
      chmodSync(draft, 0o600);
      settle(draft, path);
      read = '';
    },
  };
}

/** Faults of the file for `doudi verify`, one sentence each, without secrets. */
export function secretFaults(home: Home, accounts: readonly string[]): string[] {
  if (!existsSync(join(home.root, SECRETS)))
    return accounts.length === 0 ? [] : [`${SECRETS} is missing: nobody can sign in`];
  let names: readonly string[];
  try {
    ({ names } = openSecrets(home));
  } catch (error) {
    return [error instanceof MonitorError ? error.message : `${SECRETS} cannot be read`];
  }
  // The reverse is not a fault: secrets of a name without an account give no access.
  return accounts
    .filter((name) => !names.includes(name))
    .map((name) => `${SECRETS} has nothing of the account ${name}`);
}
