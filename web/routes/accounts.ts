import { z } from 'zod';
import { addAccount, closeAccount, resetAccount } from '../../store/accounts/accounts.ts';
import { accountsAnswer, closedAnswer, givenAnswer, ROLE_NAMES } from '../api.ts';
import { read, write } from '../route.ts';
import type { Services } from '../services.ts';

/** One administrator for the province: manages accounts of every region, and sees no lead. */
const rule = { roles: ['administrator'], place: { of: 'none' }, person: false } as const;

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/, '2 to 40 of a–z, 0–9 and -');
const params = z.strictObject({ name });
const nothing = z.strictObject({});

const officeOf = ({ store, secrets, deployment: { divisions } }: Services) => ({
  store,
  secrets,
  divisions,
});

export default [
  read(
    {
      path: '/accounts',
      summary: { zh: '账号清单（季度复核用）', en: 'Accounts, as reviewed every quarter' },
      answer: accountsAnswer,
      rule: { ...rule, unauthenticated: [] },
    },
    ({ services: { accounts, secrets, deployment } }) => ({
      accounts: accounts.all().map(({ by, ...account }) => {
        const secret = secrets.get(account.name);
        return {
          ...account,
          region_name: deployment.divisions.find(account.region)?.name ?? account.region,
          set_by: by,
          last_sign_in: secret?.last_sign_in ?? null,
          locked_until: secret?.locked_until ?? null,
          tokens: secret?.tokens.length ?? 0,
        };
      }),
    }),
  ),
  // A repeat finds the name taken, and makes no second account.
  write(
    'POST',
    {
      path: '/accounts',
      summary: { zh: '新建账号', en: 'Create an account' },
      body: z.strictObject({
        name,
        role: z.enum(ROLE_NAMES),
        region: z.string().regex(/^(\d{6}|\d{9}|\d{12})$/, 'a division code of 6, 9 or 12 digits'),
        expires: z.iso.date('a day, YYYY-MM-DD').nullable().default(null),
      }),
      answer: givenAnswer,
      rule,
    },
    async ({ body, actor, services }) => ({
      name: body.name,
      ...(await addAccount(officeOf(services), { ...body, by: actor.name })),
    }),
  ),
  write(
    'POST',
    {
      path: '/accounts/:name/reset',
      summary: { zh: '重置密码和验证器', en: 'A new one-time password and second factor' },
      params,
      body: nothing,
      answer: givenAnswer,
      rule,
    },
    async ({ params: { name: of }, actor, services }) => ({
      name: of,
      ...(await resetAccount(officeOf(services), of, actor.name)),
    }),
  ),
  write(
    'POST',
    {
      path: '/accounts/:name/close',
      summary: { zh: '停用账号', en: 'Close an account, at once' },
      params,
      body: nothing,
      answer: closedAnswer,
      rule,
    },
    async ({ params: { name: of }, actor, services }) => {
      await closeAccount(officeOf(services), of, actor.name);
      return { name: of, active: false as const };
    },
  ),
];
