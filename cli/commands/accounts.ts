import { ROLES } from '../../core/account.ts';
import { usageError } from '../../core/errors.ts';
import {
  accountBook,
  addAccount,
  closeAccount,
  giveToken,
  isInForce,
  parseDay,
  parseRole,
  resetAccount,
  type AccountOffice,
  type Given,
} from '../../core/store/accounts.ts';
import { openSecrets } from '../../core/store/secrets.ts';
import { text, type Command, type Invocation } from '../command.ts';
import { withHome } from '../open.ts';
import { requireText } from '../require.ts';

const USAGE = `doudi accounts add NAME --role ROLE --region CODE [--expires DAY]
       doudi accounts list | close NAME | reset NAME
       doudi accounts token NAME --for WHAT [--expires DAY]    ([--by WHO] [--json] with each)`;

function nameOf({ positionals: [, name] }: Invocation): string {
  if (name === undefined) throw usageError('the name of an account is missing', USAGE);
  return name;
}

/** The operator at the command line; who that is, the machine knows. */
function byOf(invocation: Invocation): string {
  return text(invocation, 'by') ?? 'operator';
}

async function show(invocation: Invocation, name: string, { password, otpauth }: Given) {
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

async function list(invocation: Invocation, { store, secrets }: AccountOffice): Promise<void> {
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

type Word = 'add' | 'list' | 'close' | 'reset' | 'token';

const WORDS: Readonly<
  Record<Word, (invocation: Invocation, office: AccountOffice) => Promise<void>>
> = {
  async add(invocation, office) {
    const name = nameOf(invocation);
    const given = await addAccount(office, {
      name,
      role: parseRole(requireText(invocation, 'role', 'township_officer')),
      region: requireText(invocation, 'region', '520102001'),
      expires: parseDay(text(invocation, 'expires')),
      by: byOf(invocation),
    });
    await show(invocation, name, given);
  },
  list,
  async close(invocation, office) {
    const name = nameOf(invocation);
    await closeAccount(office, name, byOf(invocation));
    await invocation.out(`${name} is closed: its sessions and tokens are over\n`);
  },
  async reset(invocation, office) {
    const name = nameOf(invocation);
    await show(invocation, name, await resetAccount(office, name, byOf(invocation)));
  },
  async token(invocation, office) {
    const name = nameOf(invocation);
    const what = requireText(invocation, 'for', '"the county\'s own system"');
    const token = await giveToken(office, name, what, parseDay(text(invocation, 'expires')));
    await invocation.out(
      invocation.json
        ? `${JSON.stringify({ name, token }, null, 2)}\n`
        : `${token}\nShown once: Authorization: Bearer …; it may do what ${name} may.\n`,
    );
  },
};

export default {
  name: 'accounts',
  summary: 'who may sign in: makes, lists, closes and resets accounts, gives tokens to programs',
  usage: USAGE,
  options: {
    role: { type: 'string' },
    region: { type: 'string' },
    expires: { type: 'string' },
    for: { type: 'string' },
    by: { type: 'string' },
  },
  async run(invocation) {
    const [word = 'list'] = invocation.positionals;
    if (!Object.hasOwn(WORDS, word)) throw usageError(`there is no 'accounts ${word}'`, USAGE);
    await withHome(invocation, ({ store, divisions }) =>
      WORDS[word as Word](invocation, { store, divisions, secrets: openSecrets(store.home) }),
    );
  },
} satisfies Command;
