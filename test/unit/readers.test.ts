/** `readers:` of doudi.yaml, and whom a request with a reader's token speaks for. */
import { describe, expect, it } from 'vitest';
import { readersOf, readersSchema } from '../../core/readers.ts';
import { divisionsOf } from '../../core/region.ts';
import { scopeOf, type Scope } from '../../dashboards/shared/scope.ts';

const divisions = divisionsOf('520000');
const HEADER = 'X-Grafana-User';
/** What Grafana's backend sends where there is no user. */
const LITERAL = '${__user.login}';

function scope(one: object, headers: readonly string[]): Scope {
  const [reader] = readersOf(readersSchema.parse({ grafana: one }));
  if (reader === undefined) throw new Error('there is no reader');
  const asker = { account: 'reader grafana', role: '', region: '', route: 'GET /rows' };
  return scopeOf(reader, headers, asker, divisions);
}

const refusals = (one: object, headers: readonly string[]): void => {
  expect(() => scope(one, headers), JSON.stringify(headers)).toThrow(
    expect.objectContaining({ code: 'user' }) as Error,
  );
};

describe('the token of the dashboards', () => {
  const users = { wang: { region: '520102', counts: 'exact' }, guest: {} };
  const exact = { counts: 'exact', user_header: HEADER };

  it('opens what the user on its list may see, and no lead', () => {
    expect(scope({ ...exact, users }, ['wang'])).toMatchObject({
      ...{ region: '520102', exact: true, whole: false, leads: null, alertsOnly: false },
    });
    expect(scope({ ...exact, users }, ['guest'])).toMatchObject({ whole: true, exact: false });
  });

  it('opens nothing for nobody, for two, and for a name that was not filled in, with a list or without', () => {
    const nobody = [[], [''], [' '], ['\t\u00a0'], [LITERAL], [` ${LITERAL}\u00a0`]];
    const two = [['wang', 'guest'], ['wang', 'wang'], ['wang,guest'], [LITERAL, 'wang'], ['wang,']];
    for (const headers of [...nobody, ...two]) {
      refusals({ ...exact, users }, headers);
      refusals(exact, headers);
    }
    for (const name of ['li', 'Wang', ' wang', 'wang ', '__proto__', 'constructor'])
      refusals({ ...exact, users }, [name]);
  });
});

describe('the token of alert rules', () => {
  const alerts = { alerts: true, counts: 'exact', user_header: HEADER };

  it('is for no user', () => {
    for (const headers of [[], [''], [LITERAL]])
      expect(scope(alerts, headers)).toMatchObject({ alertsOnly: true, whole: true, leads: null });
    for (const headers of [['wang'], [LITERAL, 'wang'], ['wang', LITERAL], [`${LITERAL},wang`]])
      refusals(alerts, headers);
  });
});

describe('a reader in doudi.yaml', () => {
  const faults = (one: object): string[] =>
    (readersSchema.safeParse({ grafana: one }).error?.issues ?? []).map(({ message }) => message);

  it('cannot list users whom nobody names, or give users to alert rules', () => {
    const users = { wang: {} };
    expect(faults({ users, user_header: HEADER })).toEqual([]);
    expect(faults({ users })).toHaveLength(1);
    expect(faults({ users, user_header: HEADER, alerts: true })).toHaveLength(1);
  });

  it('cannot list a user under what is no name', () => {
    for (const name of [LITERAL, 'a${b}', 'wang,li', ' wang', 'wang ', ''])
      expect([name, faults({ users: { [name]: {} }, user_header: HEADER }).length]).toEqual([
        name,
        1,
      ]);
    for (const name of ['wang', 'wang.xh@example.cn', '王 小红', 'a$b'])
      expect([name, faults({ users: { [name]: {} }, user_header: HEADER })]).toEqual([name, []]);
  });
});
