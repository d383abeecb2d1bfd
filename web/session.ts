/**
 * The session of a browser: a cookie that scripts cannot read and other sites cannot send, known to this process
 * only. It ends after a period of inactivity, after some hours in any case, and when its account is closed or
 * reset.
 */
import { randomBytes } from 'node:crypto';
import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import session from 'express-session';
import memorystore from 'memorystore';
import { MonitorError } from '../core/errors.ts';
import type { SignedIn, SignIn } from './sign-in.ts';

declare module 'express-session' {
  interface SessionData {
    signed: SignedIn;
    /** Milliseconds of the home's clock. */
    began: number;
    seen: number;
  }
}

/** Name of the cookie. */
export const COOKIE = 'doudi';

/** The page's automatic requests every minute are not a sign of user activity. */
const BACKGROUND = 'x-doudi-background';

const { generateToken, isRequestValid, revokeToken } = csrfSync({
  getTokenFromRequest: (request) => request.headers['x-csrf-token'] as string | undefined,
});

/** @param secure send the cookie over TLS only, as reported by the gateway in front in `X-Forwarded-Proto` */
export function sessions(secure: boolean, { sessionMs }: SignIn['settings']): RequestHandler {
  const Store = memorystore(session);
  return session({
    name: COOKIE,
    // Sessions end with the process, and so may their signing key.
    secret: randomBytes(32).toString('hex'),
    store: new Store({ checkPeriod: 600_000, ttl: sessionMs }),
    resave: false,
    saveUninitialized: false,
    proxy: secure,
    cookie: { httpOnly: true, sameSite: 'strict', secure, path: '/' },
  });
}

/** Sign-in attempts per minute and address; clerks behind one gateway share them, each account has its own lock. */
const TRIES_PER_MINUTE = 300;

export function signInLimit(): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: TRIES_PER_MINUTE,
    standardHeaders: false,
    legacyHeaders: false,
    validate: false,
    message: { code: 'too-many', message: 'too many tries from this address: wait a minute' },
  });
}

/** Who the request's session speaks for; null: no session, or expired. */
export function signedOf(request: Request, { clock, settings }: SignIn): SignedIn | null {
  const { signed, began, seen } = request.session;
  if (signed === undefined || began === undefined || seen === undefined) return null;
  const now = clock.now().getTime();
  if (now - seen > settings.idleMs || now - began > settings.sessionMs) return null;
  if (request.headers[BACKGROUND] === undefined) request.session.seen = now;
  return signed;
}

function renew(request: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    request.session.regenerate((error: unknown) => {
      if (error === undefined || error === null) resolve();
      else
        reject(new MonitorError('session', 'the session could not be created', { cause: error }));
    });
  });
}

/**
 * Starts a new session under a new id, discarding any earlier one.
 * @returns its CSRF token
 */
export async function begin(
  request: Request,
  signed: SignedIn,
  { clock }: SignIn,
): Promise<string> {
  await renew(request);
  const now = clock.now().getTime();
  Object.assign(request.session, { signed, began: now, seen: now });
  return generateToken(request, true);
}

/**
 * Gives the existing session a new id, keeping its start time.
 * @returns its CSRF token
 */
export async function carryOn(request: Request, signed: SignedIn): Promise<string> {
  const { began, seen } = request.session;
  await renew(request);
  Object.assign(request.session, { signed, began, seen });
  return generateToken(request, true);
}

export async function end(request: Request): Promise<void> {
  revokeToken(request);
  await renew(request);
}

export function csrfOf(request: Request): string {
  return generateToken(request);
}

/** @throws MonitorError `csrf` for a write by a session without the token that only its own page knows */
export function checkCsrf(request: Request): void {
  if (isRequestValid(request)) return;
  throw new MonitorError('csrf', 'the request does not come from the page itself', {
    severity: 'reject',
    fix: 'send the token from GET /api/session as X-CSRF-Token',
  });
}

/** @throws MonitorError `csrf` if the browser reports a write from another site's page */
export function checkOrigin(request: Request): void {
  const { origin, host } = request.headers;
  if (request.method === 'GET' || request.method === 'HEAD' || origin === undefined) return;
  const from = URL.canParse(origin) ? new URL(origin).host : '';
  if (from !== (host ?? '').toLowerCase())
    throw new MonitorError('csrf', 'the request comes from a page of another site');
}
