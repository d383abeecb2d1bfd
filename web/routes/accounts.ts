import { accountsAnswer } from '../api.ts';
import { read } from '../route.ts';

export default read(
  {
    path: '/accounts',
    summary: { zh: '账号清单（季度复核用）', en: 'Accounts, as they are reviewed every quarter' },
    answer: accountsAnswer,
    rule: {
      strangers: [],
      roles: ['administrator'],
      place: { of: 'none' },
      person: false,
    },
  },
  ({ services: { accounts, secrets, office } }) => ({
    accounts: accounts.all().map(({ name, role, region, expires, active, by, set_at }) => {
      const secret = secrets.get(name);
      return {
        name,
        role,
        region,
        region_name: office.divisions.find(region)?.name ?? region,
        expires,
        active,
        set_by: by,
        set_at,
        last_sign_in: secret?.last_sign_in ?? null,
        locked_until: secret?.locked_until ?? null,
        tokens: secret?.tokens.length ?? 0,
      };
    }),
  }),
);
