/** A department's web server on loopback, with every way of failing that the suite asks for. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { sha256 } from '../../../core/hash.ts';
import { EVIL_NAMES, type Depot, type Misdeed } from './depot.ts';

export interface WebOptions {
  /** Says what it has; otherwise names have to be asked for. */
  readonly index?: boolean;
  /** What the index says of a file besides its path. */
  readonly says?: 'etag' | 'sha256' | 'nothing';
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer; readonly clientCa?: Buffer };
  /** `Bearer …` or `Basic …` that it wants to see. */
  readonly authorization?: string;
  /** Answers 405 to HEAD. */
  readonly noHead?: boolean;
}

export interface Web {
  readonly base: string;
  readonly port: number;
  /** Values of Authorization that came in, also on redirected requests. */
  readonly told: (string | undefined)[];
}

const PAGE = '<!DOCTYPE html><html><body>登录</body></html>';

async function drip(response: ServerResponse): Promise<void> {
  const piece = Buffer.alloc(64 * 1024, 'x');
  while (!response.destroyed) {
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), sleep(200)]);
  }
}

function indexOf(depot: Depot, says: WebOptions['says']): string {
  const files = [...depot.files].map(([path, { bytes }]) => ({
    path,
    size: bytes.length,
    ...(says === 'etag' ? { etag: depot.etag(path) } : {}),
    ...(says === 'sha256' ? { sha256: sha256(bytes) } : {}),
  }));
  const evil = depot.misdeed === 'names' ? EVIL_NAMES.map((path) => ({ path })) : [];
  return JSON.stringify([...evil, ...files]);
}

function redirectOf({ misdeed, redirect }: Depot, path: string, port: number): string | null {
  const targets: Partial<Record<Misdeed, string>> = {
    'redirect-other-port': `http://127.0.0.1:${port + 1}/${path}`,
    'redirect-metadata': 'http://169.254.169.254/latest/meta-data/',
    'redirect-plain': `http://127.0.0.1:${port}/${path}`,
    'redirect-loop': `/${path}`,
  };
  return (
    (misdeed === null ? undefined : targets[misdeed]) ??
    (redirect === null ? null : `${redirect}${path}`)
  );
}

type HalfDeed = 'slow' | 'wrong-length' | 'cut' | 'replaced';

/** Misdeeds that begin with the first half of the file. */
function isHalfDeed(misdeed: Misdeed | null): misdeed is HalfDeed {
  return ['slow', 'wrong-length', 'cut', 'replaced'].includes(misdeed ?? '');
}

async function serveFile(
  depot: Depot,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const kept = depot.files.get(path);
  depot.asked.push(`${request.method ?? ''} ${path} ${request.headers.range ?? ''}`.trim());
  if (kept === undefined) return void response.writeHead(404).end('not here');
  const { bytes } = kept;
  const isGet = request.method === 'GET';
  const isData = path.endsWith('.csv');
  response.setHeader('etag', depot.etag(path));
  response.setHeader('content-type', 'text/csv');
  if (isData && depot.misdeed === 'page')
    return void response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE);
  if (!isGet) return void response.setHeader('content-length', bytes.length).end();
  const { range, 'if-range': ifRange } = request.headers;
  const from =
    range !== undefined && ifRange === depot.etag(path) ? Number(/\d+/.exec(range)?.[0]) : 0;
  if (from > 0) {
    response.statusCode = 206;
    response.setHeader('content-range', `bytes ${from}-${bytes.length - 1}/${bytes.length}`);
  }
  const body = bytes.subarray(from);
  const half = Math.floor(body.length / 2);
  const misdeed = isData ? depot.misdeed : null;
  if (misdeed === 'gzip') {
    response.setHeader('content-encoding', 'gzip').end(gzipSync(body));
    return;
  }
  if (misdeed === 'endless') return drip(response);
  response.setHeader('content-length', body.length);
  if (!isHalfDeed(misdeed)) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, half));
  await sleep(50);
  switch (misdeed) {
    case 'slow':
      return;
    case 'wrong-length':
      response.socket?.end();
      return;
    case 'cut':
      depot.misdeed = null;
      response.socket?.destroy();
      return;
    case 'replaced':
      depot.misdeed = null;
      depot.replace(path);
      response.end(depot.files.get(path)?.bytes.subarray(from + half));
      return;
  }
}

/** Runs a server for as long as the work takes. */
export async function withWeb<T>(
  depot: Depot,
  { index = true, says = 'etag', tls, authorization, noHead = false }: WebOptions,
  work: (web: Web) => Promise<T>,
): Promise<T> {
  const told: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  let port = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').slice(1);
    told.push(request.headers.authorization);
    const wrong = authorization !== undefined && request.headers.authorization !== authorization;
    if (wrong || depot.misdeed === 'credentials') return void response.writeHead(401).end();
    if (noHead && request.method === 'HEAD') return void response.writeHead(405).end();
    if (path === 'index.json') {
      if (index) response.end(indexOf(depot, says));
      else response.writeHead(404).end();
      return;
    }
    // A store without an index is where redirects lead to.
    const isStore = !index && depot.redirect !== null;
    const location = isStore ? null : redirectOf(depot, path, port);
    if (location !== null && path.endsWith('.csv'))
      return void response.writeHead(302, { location }).end();
    return serveFile(depot, path, request, response);
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => response.destroy());
  };
  const server =
    tls === undefined
      ? createServer(listener)
      : createSecureServer(
          {
            cert: tls.cert,
            key: tls.key,
            ...(tls.clientCa === undefined
              ? {}
              : { ca: tls.clientCa, requestCert: true, rejectUnauthorized: true }),
          },
          listener,
        );
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  const scheme = tls === undefined ? 'http' : 'https';
  try {
    return await work({ base: `${scheme}://127.0.0.1:${port}/`, port, told });
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
}
