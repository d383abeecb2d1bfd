import { z } from 'zod';
import { ROLES } from '../../core/account.ts';
import { MonitorError } from '../../core/errors.ts';
import { sessionAnswer, type SessionAnswer } from '../api.ts';
import { visit, type RouteRequest, type AccessRule } from '../route.ts';
import { begin, carryOn, COOKIE, csrfOf, end, signedOf } from '../session.ts';
import type { SignedIn } from '../sign-in.ts';

const rule: AccessRule<unknown> = {
  unauthenticated: ['anyone'],
  roles: [],
  place: { of: 'none' },
  person: false,
};

type Visit = Pick<RouteRequest<unknown, unknown, unknown>, 'services' | 'caller'>;

function told(
  { services: { signIn, deployment } }: Visit,
  signed: SignedIn | null,
  csrf: string | null,
): SessionAnswer {
  const found = signed === null ? null : signIn.actorOf(signed);
  if (found === null)
    return { accounts: signIn.any(), account: null, must_change: false, csrf: null };
  const { name, role, region } = found.actor;
  const { divisions } = deployment;
  const county = divisions.find(region.slice(0, 6));
  return {
    accounts: true,
    account: {
      name,
      role,
      role_name: ROLES[role],
      region,
      region_name: divisions.find(region)?.name ?? region,
      county: county?.level === 'county' ? county.code : null,
    },
    must_change: found.oneTime,
    csrf,
  };
}

const name = z.string().min(1).max(40);
const password = z.string().min(1).max(200);

export default [
  visit(
    'GET',
    {
      path: '/session',
      summary: { zh: '我是谁：账号、角色、辖区、CSRF 令牌', en: 'Who I am, and the CSRF token' },
      answer: sessionAnswer,
      rule,
    },
    (asked) => {
      const { request, services, caller } = asked;
      if (caller.kind === 'account' && caller.by === 'token') {
        const signed = { name: caller.actor.name, generation: -1 };
        const generation = services.secrets.get(signed.name)?.generation ?? -1;
        return told(asked, { ...signed, generation }, null);
      }
      const signed = signedOf(request, services.signIn);
      return told(asked, signed, signed === null ? null : csrfOf(request));
    },
  ),
  visit(
    'POST',
    {
      path: '/session',
      summary: { zh: '登录', en: 'Sign in' },
      body: z.strictObject({
        name,
        password,
        code: z
          .string()
          .max(10)
          .default('')
          .describe('Six digits of the authenticator app, for roles with a second factor.'),
      }),
      answer: sessionAnswer,
      rule,
    },
    async (asked) => {
      const { body, request, services } = asked;
      const signed = await services.signIn.signIn(body.name, body.password, body.code);
      return told(asked, signed, await begin(request, signed, services.signIn));
    },
  ),
  visit(
    'DELETE',
    {
      path: '/session',
      summary: { zh: '退出', en: 'Sign out' },
      answer: sessionAnswer,
      rule,
    },
    async (asked) => {
      const { request, response, services } = asked;
      const signed = signedOf(request, services.signIn);
      if (signed !== null) await services.signIn.left(signed);
      await end(request);
      response.clearCookie(COOKIE, { httpOnly: true, sameSite: 'strict', path: '/' });
      return told(asked, null, null);
    },
  ),
  visit(
    'POST',
    {
      path: '/session/password',
      summary: {
        zh: '修改本人密码（首次登录必须修改）',
        en: 'Change one’s password; required for the first one',
      },
      body: z.strictObject({ old: password, new: password }),
      answer: sessionAnswer,
      rule,
    },
    async (asked) => {
      const { body, request, services } = asked;
      const signed = signedOf(request, services.signIn);
      if (signed === null)
        throw new MonitorError('sign-in', 'sign in first', { severity: 'reject' });
      const changed = await services.signIn.changePassword(signed, body.old, body.new);
      return told(asked, changed, await carryOn(request, changed));
    },
  ),
];
