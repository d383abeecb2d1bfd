/** Mounts declared routes on Express: caller, input, place, answer, audit, in this order and for every route alike. */
import { Router, type Request, type Response } from 'express';
import { covers } from '../core/account.ts';
import { describeError, MonitorError } from '../core/errors.ts';
import type { AuditFact } from '../store/audit/chain.ts';
import { callerOf, type Caller } from './access.ts';
import { requestOf as readInput } from './ask.ts';
import type { RouteRequest, Params, Route } from './route.ts';
import type { Services } from './services.ts';
import { checkCsrf } from './session.ts';

function isToken(caller: Caller): boolean {
  return caller.kind === 'account' && caller.by === 'token';
}

type Input = Params<unknown, unknown, unknown>;

const nothingHere = (): MonitorError => new MonitorError('unknown', 'there is nothing here');

/** The region the caller may see. */
export function regionOf(caller: Caller, { deployment: { divisions } }: Services): string {
  switch (caller.kind) {
    case 'account':
      return caller.actor.region;
    case 'county':
      return caller.county;
    case 'reader':
      return caller.reader.region ?? divisions.province.code;
    case 'operator':
      return divisions.province.code;
    case 'nobody':
      return '';
  }
}

/** The caller's name in the audit. */
export function nameOf(caller: Caller): Pick<AuditFact, 'account' | 'role' | 'region'> {
  switch (caller.kind) {
    case 'account': {
      const { name, role, region } = caller.actor;
      return { account: name, role, region };
    }
    case 'county':
      return { account: `county ${caller.county}`, role: '', region: caller.county };
    case 'reader':
      return {
        account: `reader ${caller.reader.name}`,
        role: '',
        region: caller.reader.region ?? '',
      };
    case 'operator':
      return { account: 'office', role: '', region: '' };
    case 'nobody':
      return { account: '-', role: '', region: '' };
  }
}

/**
 * Whether a rule names the caller at all, wherever the place is.
 * @throws MonitorError `sign-in`, `role`, `unknown`
 */
function admit({ rule }: Route, caller: Caller): void {
  if (rule.unauthenticated.includes('anyone')) return;
  switch (caller.kind) {
    case 'nobody':
      throw new MonitorError('sign-in', 'sign in first', { severity: 'reject' });
    case 'account':
      // What a role may do is public (docs/accounts.md): refusing reveals nothing about any place.
      if (!rule.roles.includes(caller.actor.role))
        throw new MonitorError('role', 'accounts with this role may not do this', {
          severity: 'reject',
          fix: 'docs/accounts.md says which role may what',
        });
      return;
    case 'operator':
    case 'county':
    case 'reader':
      if (!rule.unauthenticated.includes(caller.kind)) throw nothingHere();
  }
}

/**
 * The part of the requested place that the caller may see.
 * @returns the place, and what the answer may cover; null: nothing
 */
async function place(
  { rule }: Route,
  input: Input,
  caller: Caller,
  services: Services,
): Promise<{ readonly asked: string; readonly seen: string | null }> {
  const own = regionOf(caller, services);
  if (rule.place.of !== 'at') return { asked: '', seen: own };
  const { divisions } = services.deployment;
  const code = await rule.place.code(input, services);
  if (code === null) return { asked: '', seen: null };
  if (covers(divisions, own, code)) return { asked: code, seen: code };
  const narrowed = rule.place.narrowed === true && covers(divisions, code, own);
  return { asked: code, seen: narrowed ? own : null };
}

function subjectOf({ rule: { person } }: Route, input: Input): string {
  return typeof person === 'function' ? person(input) : '';
}

function outcomeOf(error: unknown): string {
  const { code } = describeError(error);
  if (code === 'role' || code === 'sign-in' || code === 'csrf') return 'denied';
  return ['unknown', 'lead-unknown', 'case-unknown', 'not-run'].includes(code)
    ? 'unknown'
    : 'failed';
}

/** Why a request found nothing, kept for the audit only: the caller gets the same answer for both. */
class Denied extends MonitorError {}

async function answer(
  route: Route,
  services: Services,
  request: Request,
  response: Response,
): Promise<unknown> {
  const caller = callerOf(response);
  const told = { ...nameOf(caller), route: `${route.method} ${route.path}` };
  const { person } = route.rule;
  let at = { place: '', subject: '' };
  try {
    // A program sends a token on purpose; a browser sends a cookie whichever page makes the request.
    const bySession = request.session.signed !== undefined && !isToken(caller);
    if (route.method !== 'GET' && bySession && !route.opensSession) checkCsrf(request);
    admit(route, caller);
    const input = readInput(route, request);
    at = { ...at, subject: subjectOf(route, input) };
    const { asked, seen } = await place(route, input, caller, services);
    at = { ...at, place: asked };
    if (seen === null) throw new Denied('unknown', 'there is nothing here', { severity: 'reject' });
    const context: RouteRequest<unknown, unknown, unknown> = {
      ...input,
      caller,
      region: seen,
      services,
      request,
      response,
    };
    const found = await route.handle(context);
    if (person !== false) await services.audit.write({ ...told, ...at, outcome: 'allowed' });
    return found;
  } catch (error) {
    const denied = error instanceof Denied && at.place !== '';
    // A caller without account or token has no name to record; the gateway counts them.
    if ((person !== false && caller.kind !== 'nobody') || denied)
      await services.audit.write({ ...told, ...at, outcome: denied ? 'denied' : outcomeOf(error) });
    throw error;
  }
}

function send(route: Route, response: Response, found: unknown): void {
  response.setHeader(
    'cache-control',
    route.keep > 0 ? `private, max-age=${route.keep}` : 'no-store',
  );
  if (route.raw !== null) response.type(route.raw).send(found);
  else response.json(found);
}

/** Mounts every declared route on a router for /api. */
export function mount(routes: readonly Route[], services: Services): Router {
  const router = Router();
  for (const route of routes) {
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    router[method](route.path, async (request, response) => {
      const found = await answer(route, services, request, response);
      send(route, response, found);
    });
  }
  return router;
}
