/**
 * Answers of a kilobyte and more go out compressed when the caller can read that: tables of figures and lists of leads
 * shrink to a tenth.
 *
 * BREACH (https://breachattack.com): where a secret and something the asker chose stand in one compressed answer, its
 * length gives the secret away letter by letter. So nothing of the session is compressed (it carries the CSRF token), nor
 * the answer to any write (one-time passwords and tokens beside the names that were sent). Another site cannot ask for
 * the rest in somebody's name: the session's cookie does not travel with its requests, and programs send a token.
 */
import compression from 'compression';
import type { Request, RequestHandler, Response } from 'express';

/** Bytes; below it, headers cost what is saved. */
const LEAST = 1024;

const ARROW = 'application/vnd.apache.arrow.stream';

/** What may never wait in a compressor's buffer for more: whoever writes one of these would have to flush each event. */
const EVENTS = 'text/event-stream';

const SESSION = /^\/api\/session(\/|$)/i;

function mayBeCompressed(request: Request, response: Response): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (SESSION.test(request.originalUrl.split('?')[0] ?? '')) return false;
  // A part of a file is counted in its own bytes.
  if (response.statusCode === 206) return false;
  const type = String(response.getHeader('content-type') ?? '');
  if (type.startsWith(EVENTS)) return false;
  return type.startsWith(ARROW) || compression.filter(request, response);
}

export function compressed(): RequestHandler {
  return compression({ threshold: LEAST, filter: mayBeCompressed });
}
