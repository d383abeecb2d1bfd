import { ROLES } from '../../core/account.ts';
import {
  accountBook,
  addAccount,
  closeAccount,
  giveToken,
  isInForce,
  parseDay,
  parseRole,
  resetAccount,
  type AccountKeeper,
  type NewCredentials,
} from '../../store/accounts/accounts.ts';
import { openSecrets } from '../../store/accounts/secrets.ts';
import { text, type Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import { requireText } from '../require.ts';

const nameOf = ({ positionals: [name = ''] }: Invocation): string => name;

/** The operator at the command line, as known to the machine. */
function byOf(invocation: Invocation): string {
  return text(invocation, 'by') ?? 'operator';
}

async function show(invocation: Invocation, name: string, { password, otpauth }: NewCredentials) {
  if (invocation.json)
    return invocation.out(`${JSON.stringify({ name, password, otpauth }, null, 2)}\n`);
  await invocation.out(
    [
      `${name}: one-time password ${password}`,
      ...(otpauth === null ? [] : [`second factor, for an authenticator app: ${otpauth}`]),
      'Shown once. The first sign-in asks for a password of one’s own.\n',
    ].join('\n'),
  );
}

async function listAccounts(
  invocation: Invocation,
  { store, secrets }: AccountKeeper,
): Promise<void> {
  const rows = accountBook(store.records)
    .all()
    .map((account) => {
      const secret = secrets.get(account.name);
      return {
        ...account,
        in_force: isInForce(account, store.clock),
        last_sign_in: secret?.last_sign_in ?? null,
        locked_until: secret?.locked_until ?? null,
        tokens: (secret?.tokens ?? []).map(({ id, what, made_at, expires }) => ({
          id,
          what,
          made_at,
          expires,
        })),
      };
    });
  if (invocation.json) return invocation.out(`${JSON.stringify({ accounts: rows }, null, 2)}\n`);
  for (const row of rows)
    await invocation.out(
      `${row.name.padEnd(24)} ${row.role.padEnd(28)} ${row.region.padEnd(12)} ${row.in_force ? 'in force' : row.active ? 'expired ' : 'closed  '} ${(row.expires ?? 'no end').padEnd(10)}  last sign-in ${row.last_sign_in?.slice(0, 10) ?? 'never'}  ${ROLES[row.role]}${row.tokens.length === 0 ? '' : `  ${row.tokens.length} token(s)`}\n`,
    );
  if (rows.length === 0) await invocation.out('no accounts: the page belongs to this machine\n');
}

type Work = (invocation: Invocation, keeper: AccountKeeper) => Promise<void>;

/** Account management in the given home. */
const at =
  (work: Work) =>
  (invocation: Invocation): Promise<void> =>
    withHome(invocation, ({ store, divisions }) =>
      work(invocation, { store, divisions, secrets: openSecrets(store.home) }),
    );

export const add = at(async (invocation, keeper) => {
  const name = nameOf(invocation);
  const given = await addAccount(keeper, {
    name,
    role: parseRole(requireText(invocation, 'role')),
    region: requireText(invocation, 'region'),
    expires: parseDay(text(invocation, 'expires')),
    by: byOf(invocation),
  });
  await show(invocation, name, given);
});

export const list = at(listAccounts);

export const close = at(async (invocation, keeper) => {
  const name = nameOf(invocation);
  await closeAccount(keeper, name, byOf(invocation));
  await invocation.out(`${name} is closed: its sessions and tokens have ended\n`);
});

export const reset = at(async (invocation, keeper) => {
  const name = nameOf(invocation);
  await show(invocation, name, await resetAccount(keeper, name, byOf(invocation)));
});

export const token = at(async (invocation, keeper) => {
  const name = nameOf(invocation);
  const what = requireText(invocation, 'for');
  const token = await giveToken(keeper, name, what, parseDay(text(invocation, 'expires')));
  await invocation.out(
    invocation.json
      ? `${JSON.stringify({ name, token }, null, 2)}\n`
      : `${token}\nShown once: Authorization: Bearer …; it may do what ${name} may.\n`,
  );
});
