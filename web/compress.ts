/**
 * Compresses answers of a kilobyte or more if the caller accepts it: tables of figures and lists of leads shrink to
 * a tenth.
 *
 * BREACH (https://breachattack.com): if a secret and something chosen by an attacker are in one compressed answer,
 * its length reveals the secret letter by letter. So nothing of the session is compressed (it carries the CSRF
 * token), nor the answer to any write (one-time passwords and tokens beside the names that were sent). Another site
 * cannot request the rest in somebody's name: the session's cookie does not travel with its requests, and programs
 * send a token.
 */
import compression from 'compression';
import type { Request, RequestHandler, Response } from 'express';

/** Bytes; below this, headers cost what compression saves. */
const LEAST = 1024;

const ARROW = 'application/vnd.apache.arrow.stream';

/** Must never wait in a compressor's buffer: the writer of such a stream would have to flush each event. */
const EVENTS = 'text/event-stream';

const SESSION = /^\/api\/session(\/|$)/i;

function mayBeCompressed(request: Request, response: Response): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (SESSION.test(request.originalUrl.split('?')[0] ?? '')) return false;
  // A range of a file is counted in uncompressed bytes.
  if (response.statusCode === 206) return false;
  const type = String(response.getHeader('content-type') ?? '');
  if (type.startsWith(EVENTS)) return false;
  return type.startsWith(ARROW) || compression.filter(request, response);
}

export function compressed(): RequestHandler {
  return compression({ threshold: LEAST, filter: mayBeCompressed });
}
