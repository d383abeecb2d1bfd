/**
 * Who may ask. Until there are accounts, the page belongs to whoever sits at the machine, or knows the one key; a
 * county's own system has a token that opens its own leads and nothing else, a reader of figures one that opens figures.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Actor } from '../core/account.ts';
import { isLoopback, type ServeSettings } from '../core/environment.ts';
import type { Reader } from '../core/readers.ts';
import type { Office } from '../pipelines/office.ts';

/**
 * Whoever asks: someone who may see the whole home (while it has no accounts), the system of one county, a program that
 * shows figures, an account, or nobody that is known.
 */
export type Caller =
  | { readonly kind: 'office' }
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

/** The county whose token this is. */
function countyOf(token: string, { config }: Office): string | null {
  const shown = digest(token);
  for (const [county, settings] of config.counties) {
    if (settings.consumer === 'external' && same(shown, Buffer.from(settings.tokenSha256, 'hex')))
      return county;
  }
  return null;
}

/** The reader of figures whose token this is. */
function readerOf(token: string, settings: ServeSettings, { config }: Office): Reader | null {
  const shown = digest(token);
  for (const reader of config.readers) {
    const kept = settings.readerTokens.get(reader.name) ?? reader.tokenSha256;
    if (kept !== null && same(shown, Buffer.from(kept, 'hex'))) return reader;
  }
  return null;
}

function bearer(token: string, settings: ServeSettings, office: Office): Caller | null {
  const county = countyOf(token, office);
  if (county !== null) return { kind: 'county', county };
  const reader = readerOf(token, settings, office);
  return reader === null ? null : { kind: 'reader', reader };
}

/** The password of a Basic header; the name is not asked for. */
function basicPassword(header: string): string {
  const text = Buffer.from(header.slice('Basic '.length), 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}

function refuse(response: Response, status: 401 | 403, code: string, message: string): void {
  if (status === 401)
    response.setHeader('www-authenticate', 'Basic realm="doudi", charset="UTF-8"');
  response.status(status).json({ code, message });
}

/** The host that the browser thinks it talks to, without the port. */
function hostOf(request: Request): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}

/**
 * Says who asks, or refuses. Without a key only programs of this machine come this far, and a page of another site
 * that has its name point here is turned away by the name (DNS rebinding).
 */
export function identify(settings: ServeSettings, office: Office): RequestHandler {
  const key = settings.accessKey === undefined ? null : digest(settings.accessKey);
  return (request: Request, response: Response, next: NextFunction): void => {
    const header = request.headers.authorization ?? '';
    const locals = response.locals as { caller?: Caller };
    if (header.startsWith('Bearer ')) {
      const caller = bearer(header.slice('Bearer '.length), settings, office);
      if (caller === null) {
        refuse(response, 401, 'token', 'this token opens nothing here');
        return;
      }
      locals.caller = caller;
      next();
      return;
    }
    if (key !== null) {
      if (!header.startsWith('Basic ') || !same(digest(basicPassword(header)), key)) {
        refuse(response, 401, 'key', 'the key of this page is needed');
        return;
      }
    } else if (!isLoopback(hostOf(request))) {
      refuse(response, 403, 'host', 'this page is reached as localhost');
      return;
    }
    locals.caller = { kind: 'office' };
    next();
  };
}

export function callerOf(response: Response): Caller {
  return (response.locals as { caller?: Caller }).caller ?? { kind: 'nobody' };
}
