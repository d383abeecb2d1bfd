/** One request to a source's server: only to allowed hosts, with a deadline for each step. */
import { request as plainRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { Deadlines } from '../core/sources.ts';
import { forbiddenAddress, guardedLookup } from './address.ts';
import { startDeadline } from './deadline.ts';
import { codeOf, fault, isFault } from './fault.ts';

export interface Server {
  /** Allowed `host:port`; the first is the source's own, the only one that gets credentials. */
  readonly hosts: readonly [string, ...string[]];
  readonly isAllowed: (address: string) => boolean;
  readonly authorization: string | undefined;
  /** CA of the server's certificate. */
  readonly ca: Buffer | undefined;
  /** Client certificate and key. */
  readonly own: Pick<SecureContextOptions, 'cert' | 'key'>;
  readonly deadlines: Deadlines;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body in chunks; reading it after `using` has returned is an error. */
  readonly pieces: AsyncIterable<Buffer>;
}

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export function hostOf(url: URL): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return `${url.hostname}:${port}`;
}

/** TLS errors: the server's identity is not accepted, or the server does not accept ours. */
const NOT_TRUSTED =
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|HOSTNAME_MISMATCH|ERR_TLS_CERT/;
const NOT_ACCEPTED = /ALERT.*(CERT|UNKNOWN_CA|HANDSHAKE|ACCESS_DENIED)|CERTIFICATE_REQUIRED/;

/** @param connected whether the connection was established: then it is a cut */
function asFault(error: unknown, connected: boolean): Error {
  if (isFault(error)) return error;
  const code = codeOf(error);
  if (NOT_ACCEPTED.test(code))
    return fault('source-credentials', 'the server does not accept our certificate', code);
  if (NOT_TRUSTED.test(code))
    return fault('source-host-key', 'the server’s certificate is not trusted', code);
  if (code.startsWith('HPE_'))
    return fault('source-content', 'the server does not speak valid HTTP', code);
  return connected
    ? fault('source-cut', 'the connection ended early', code)
    : fault('source-unreachable', 'the server cannot be reached', code);
}

/** @throws MonitorError `source-forbidden` */
function checkUrl(url: URL, server: Server, from: URL | null): void {
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  const weaker = from?.protocol === 'https:' && url.protocol !== 'https:';
  if (!isWeb || weaker || url.username !== '' || url.password !== '')
    throw fault('source-forbidden', 'the server redirects to an address that is not allowed');
  if (!server.hosts.includes(hostOf(url)))
    throw fault('source-forbidden', 'the server redirects to a host that is not allowed');
  // Literal addresses are connected to without a lookup.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !server.isAllowed(literal)) throw forbiddenAddress();
}

/** One request, without following redirects. @param using gets the response and must read what it needs of it */
async function single<T>(
  server: Server,
  url: URL,
  method: 'GET' | 'HEAD',
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  using: (answer: HttpResponse) => Promise<T>,
): Promise<T> {
  const { deadlines } = server;
  const isOwn = hostOf(url) === server.hosts[0];
  const secure = url.protocol === 'https:';
  const request = secure ? secureRequest : plainRequest;
  const sent = request(url, {
    method,
    agent: false,
    lookup: guardedLookup(server.isAllowed),
    maxHeaderSize: 16_384,
    headers: {
      'user-agent': 'doudi',
      'accept-encoding': 'identity',
      ...headers,
      ...(isOwn && server.authorization !== undefined
        ? { authorization: server.authorization }
        : {}),
    },
    ...(secure ? { minVersion: 'TLSv1.2' as const } : {}),
    ...(server.ca === undefined ? {} : { ca: server.ca }),
    ...(isOwn ? server.own : {}),
  });
  const deadline = startDeadline(deadlines.totalMs, signal, () => sent.destroy());
  let [connected, answered] = [false, false];
  try {
    deadline.expect(
      deadlines.connectMs,
      fault('source-unreachable', 'the server does not accept the connection in time'),
    );
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.once('socket', (socket: Socket) => {
        socket.once('connect', () => (connected = true));
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          deadline.expect(deadlines.idleMs);
        });
      });
      sent.once('response', resolve);
      // Kept: an error after the response surfaces in the body's chunks and must not crash the process.
      sent.on('error', reject);
      sent.once('close', () => {
        reject(new Error('closed'));
      });
      sent.end();
    });
    answered = true;
    deadline.expect(deadlines.idleMs);
    // Nobody may be reading when the connection ends, so handle the rejection.
    response.on('error', () => undefined);
    const pieces = async function* (): AsyncGenerator<Buffer> {
      try {
        for await (const piece of response) {
          deadline.rest();
          yield piece as Buffer;
          deadline.expect(deadlines.idleMs);
        }
      } catch (error) {
        throw deadline.fault ?? asFault(error, true);
      }
    };
    return await using({
      status: response.statusCode ?? 0,
      headers: response.headers,
      pieces: pieces(),
    });
  } catch (error) {
    // Errors thrown by `using`, such as a full disk, are passed on unchanged.
    throw deadline.fault ?? (answered ? error : asFault(error, connected));
  } finally {
    deadline.end();
    sent.destroy();
  }
}

/**
 * Sends a request and follows redirects among the allowed hosts.
 * @throws MonitorError of fault.ts; what `using` throws
 */
export async function ask<T>(
  server: Server,
  url: URL,
  method: 'GET' | 'HEAD',
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  using: (answer: HttpResponse) => Promise<T>,
): Promise<T> {
  let [at, from]: [URL, URL | null] = [url, null];
  for (let left = MOST_REDIRECTS; ; left -= 1) {
    checkUrl(at, server, from);
    const next = await single(server, at, method, headers, signal, async (answer) => {
      if (!REDIRECTS.has(answer.status)) return { done: await using(answer) };
      const { location } = answer.headers;
      if (location === undefined || !URL.canParse(location, at.href))
        throw fault('source-content', 'the server redirects without a valid address');
      return { to: new URL(location, at) };
    });
    if ('done' in next) return next.done;
    if (left === 0) throw fault('source-forbidden', 'the server redirects too often');
    [at, from] = [next.to, at];
  }
}
