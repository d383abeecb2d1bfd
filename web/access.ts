/**
 * Who is asking. Until a home has accounts, the page belongs to anybody at the machine or with the one key; after
 * that to accounts, by session or token. A county's own system has a token that opens only its own leads, a reader
 * of figures one that opens figures.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Actor } from '../core/account.ts';
import type { ServeSettings } from '../core/environment.ts';
import { isLoopback } from '../core/loopback.ts';
import type { Reader } from '../core/readers.ts';
import type { Deployment } from '../warnings/deployment.ts';
import { checkOrigin, signedOf } from './session.ts';
import type { SignIn } from './sign-in.ts';

/**
 * The caller: someone who may see the whole home (while it has no accounts), the system of one county, a program
 * that shows figures, an account, or unauthenticated.
 */
export type Caller =
  | { readonly kind: 'operator' }
  | { readonly kind: 'county'; readonly county: string }
  | { readonly kind: 'reader'; readonly reader: Reader }
  | { readonly kind: 'account'; readonly actor: Actor; readonly by: 'session' | 'token' }
  | { readonly kind: 'nobody' };

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The county that owns the token. */
function countyOf(token: string, { config }: Deployment): string | null {
  const shown = digest(token);
  for (const [county, settings] of config.counties) {
    if (settings.consumer === 'external' && same(shown, Buffer.from(settings.tokenSha256, 'hex')))
      return county;
  }
  return null;
}

/** The reader of figures that owns the token. */
function readerOf(token: string, settings: ServeSettings, { config }: Deployment): Reader | null {
  const shown = digest(token);
  for (const reader of config.readers) {
    const kept = settings.readerTokens.get(reader.name) ?? reader.tokenSha256;
    if (kept !== null && same(shown, Buffer.from(kept, 'hex'))) return reader;
  }
  return null;
}

function bearer(
  token: string,
  settings: ServeSettings,
  deployment: Deployment,
  signIn: SignIn,
): Caller | null {
  const county = countyOf(token, deployment);
  if (county !== null) return { kind: 'county', county };
  const reader = readerOf(token, settings, deployment);
  if (reader !== null) return { kind: 'reader', reader };
  const actor = signIn.actorOfToken(token);
  return actor === null ? null : { kind: 'account', actor, by: 'token' };
}

/** An account may act once it has changed its one-time password; before that the password admits it nowhere. */
function bySession(request: Request, signIn: SignIn): Caller {
  const signed = signedOf(request, signIn);
  const found = signed === null ? null : signIn.actorOf(signed);
  if (found === null || found.oneTime) return { kind: 'nobody' };
  return { kind: 'account', actor: found.actor, by: 'session' };
}

/** The password of a Basic header; the user name is ignored. */
function basicPassword(header: string): string {
  const text = Buffer.from(header.slice('Basic '.length), 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}

function refuse(response: Response, status: 401 | 403, code: string, message: string): void {
  if (status === 401)
    response.setHeader('www-authenticate', 'Basic realm="doudi", charset="UTF-8"');
  response.status(status).json({ code, message });
}

/** The host the browser believes it is talking to, without the port. */
function hostOf(request: Request): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '');
}

/** While a home has no account (ADR 0021): the key, or without one a request to a loopback host name. */
function admitOperator(request: Request, response: Response, key: Buffer | null): boolean {
  const header = request.headers.authorization ?? '';
  if (key === null) {
    // A page from another site whose name has been pointed here is rejected by that name (DNS rebinding).
    if (isLoopback(hostOf(request))) return true;
    refuse(response, 403, 'host', 'open this page as localhost');
    return false;
  }
  if (header.startsWith('Basic ') && same(digest(basicPassword(header)), key)) return true;
  refuse(response, 401, 'key', 'this page needs its key');
  return false;
}

/**
 * Identifies the caller. Once the home has accounts an unauthenticated caller gets as far as anyone may: the page,
 * to sign in. Before that anybody but the operator is refused here.
 */
export function identify(
  settings: ServeSettings,
  deployment: Deployment,
  signIn: SignIn,
): RequestHandler {
  const key = settings.accessKey === undefined ? null : digest(settings.accessKey);
  return (request: Request, response: Response, next: NextFunction): void => {
    checkOrigin(request);
    const header = request.headers.authorization ?? '';
    const locals = response.locals as { caller?: Caller };
    if (header.startsWith('Bearer ')) {
      const caller = bearer(header.slice('Bearer '.length), settings, deployment, signIn);
      if (caller === null) {
        refuse(response, 401, 'token', 'this token opens nothing here');
        return;
      }
      locals.caller = caller;
    } else if (signIn.any()) locals.caller = bySession(request, signIn);
    else if (admitOperator(request, response, key)) locals.caller = { kind: 'operator' };
    else return;
    next();
  };
}

export function callerOf(response: Response): Caller {
  return (response.locals as { caller?: Caller }).caller ?? { kind: 'nobody' };
}
