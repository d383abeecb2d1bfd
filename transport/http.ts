/** A web server as a source: `index.json` lists its files, or the names of the layout are requested one by one. */
import { z } from 'zod';
import { addMonths, type Month } from '../core/month.ts';
import { isLoopback } from '../core/loopback.ts';
import type { HttpSource } from '../core/sources.ts';
import { addressGuard } from './address.ts';
import { againAfterCut, fault, isFault } from './fault.ts';
import { ask, hostOf, type HttpResponse, type Server } from './http-request.ts';
import { capOf, parseName } from './names.ts';
import { dropPart, keptOf, receive } from './part.ts';
import { readLine, readSecret } from './secrets.ts';
import type { RemoteFile, Transport, WantedFiles } from './transport.ts';

const INDEX_BYTES = 16 << 20;

/** Retries of a simple request; files have their own count in the mirror. */
const TRIES = 3;

const index = z
  .array(
    z.object({
      path: z.string(),
      size: z.number().int().nonnegative().nullish(),
      etag: z.string().nullish(),
      sha256: z
        .string()
        .regex(/^[0-9a-fA-F]{64}$/)
        .nullish(),
    }),
  )
  .max(100_000);

/** A file's current state on the server. */
interface Standing {
  readonly size: number | null;
  readonly etag: string | null;
  readonly modified: string | null;
  /** Value for `If-Range`: a strong ETag, or a time old enough to be strong (RFC 9110, 8.8.2.2). */
  readonly validator: string | null;
}

function wholeSize({ status, headers }: HttpResponse): number | null {
  const text =
    status === 206
      ? /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1]
      : headers['content-length'];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function standingOf(answer: HttpResponse): Standing {
  const { etag = null, 'last-modified': modified = null, date } = answer.headers;
  const age = Date.parse(date ?? '') - Date.parse(modified ?? '');
  const isStrong = etag?.startsWith('"') === true;
  const isOld = modified !== null && age >= 60_000;
  return {
    size: wholeSize(answer),
    etag,
    modified,
    validator: isStrong ? etag : etag === null && isOld ? modified : null,
  };
}

function tagOf({ etag, modified, size }: Standing): string | null {
  if (etag !== null) return `etag ${etag}`;
  return modified === null || size === null ? null : `time ${modified} ${size}`;
}

/** Whether the file changed. Fields missing from either response are ignored. */
function differs(a: Standing, b: Standing): boolean {
  const both = <T>(x: T | null, y: T | null): boolean => x !== null && y !== null && x !== y;
  return both(a.etag, b.etag) || both(a.modified, b.modified) || both(a.size, b.size);
}

/** @throws MonitorError when the response is neither the file nor "not found" */
function checkStatus({ status, headers }: HttpResponse): void {
  if (status === 401 || status === 403)
    throw fault('source-credentials', `the server answered ${status}`);
  if (status === 408 || status === 429 || status >= 500)
    throw fault('source-unreachable', `the server answered ${status}`);
  if (status !== 200 && status !== 206)
    throw fault('source-content', `the server answered ${status}`);
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = headers;
  if (encoding !== 'identity')
    throw fault('source-content', 'the server compressed the response although asked not to');
  if (/^\s*(text\/html|application\/xhtml)/i.test(type))
    throw fault('source-content', 'the source answered with a web page');
}

const isGone = ({ status }: HttpResponse): boolean => status === 404 || status === 410;

async function readIndex(answer: HttpResponse): Promise<z.infer<typeof index> | null> {
  if (isGone(answer)) return null;
  checkStatus(answer);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer.pieces) {
    bytes += piece.length;
    if (bytes > INDEX_BYTES) throw fault('source-content', 'the index is too large');
    parts.push(piece);
  }
  try {
    return index.parse(
      JSON.parse(
        Buffer.concat(parts)
          .toString('utf8')
          .replace(/^\uFEFF/, ''),
      ),
    );
  } catch {
    throw fault('source-content', 'index.json is not a list of files');
  }
}

function serverOf(source: HttpSource): Server {
  const base = new URL(source.base);
  const { tokenFile, basicFile, caFile, certFile, keyFile } = source;
  const basic = (file: string): string =>
    `Basic ${Buffer.from(readLine(file), 'utf8').toString('base64')}`;
  const token = tokenFile === undefined ? undefined : `Bearer ${readLine(tokenFile)}`;
  // Headers must be visible ASCII; anything else would cause an error that quotes it.
  if (token !== undefined && !/^[\x20-\x7e]+$/.test(token))
    throw fault('source-credentials', 'the token has characters not allowed in a header');
  return {
    hosts: [hostOf(base), ...source.redirectHosts],
    isAllowed: addressGuard(source.allowPrivate, isLoopback(base.hostname)),
    authorization: basicFile === undefined ? token : basic(basicFile),
    ca: caFile === undefined ? undefined : readSecret(caFile),
    own:
      certFile === undefined || keyFile === undefined
        ? {}
        : { cert: readSecret(certFile), key: readSecret(keyFile) },
    deadlines: source.deadlines,
  };
}

/** @param fileBytes largest file accepted */
export function httpTransport(source: HttpSource, fileBytes: number): Transport {
  const urlOf = (path: string): URL => new URL(path, source.base);

  /** A file's state, or null when missing. Without HEAD support, starts a GET and closes the connection. */
  async function look(server: Server, path: string, signal: AbortSignal): Promise<Standing | null> {
    for (const method of ['HEAD', 'GET'] as const) {
      const found = await againAfterCut(TRIES, signal, () =>
        ask<Standing | 'no HEAD' | null>(server, urlOf(path), method, {}, signal, (answer) => {
          const { status } = answer;
          if (isGone(answer)) return Promise.resolve(null);
          if (method === 'HEAD' && (status === 405 || status === 501))
            return Promise.resolve('no HEAD');
          checkStatus(answer);
          return Promise.resolve(standingOf(answer));
        }),
      );
      if (found !== 'no HEAD') return found;
    }
    return null;
  }

  async function lookFor(
    server: Server,
    path: string,
    signal: AbortSignal,
  ): Promise<RemoteFile | null> {
    const listed = { path, kind: 'file', sha256: null } as const;
    try {
      const standing = await look(server, path, signal);
      if (standing === null) return null;
      return { ...listed, size: standing.size, tag: tagOf(standing) };
    } catch (error) {
      // A bad response concerns that file only: fetching it will report the fault.
      if (isFault(error) && error.code === 'source-content')
        return { ...listed, size: null, tag: null };
      throw error;
    }
  }

  async function askForNames(
    server: Server,
    { sources, until }: WantedFiles,
    signal: AbortSignal,
  ): Promise<RemoteFile[]> {
    const months: Month[] = Array.from({ length: source.monthsBack + 1 }, (_, back) =>
      addMonths(until, -back),
    );
    const found: RemoteFile[] = [];
    for (const name of sources)
      for (const month of months) {
        const data = await lookFor(server, `${name}/${month}.csv`, signal);
        if (data === null) continue;
        const manifest = await lookFor(server, `${name}/${month}.manifest.json`, signal);
        found.push(data, ...(manifest === null ? [] : [manifest]));
      }
    return found;
  }

  return {
    async list(wanted, signal) {
      const server = serverOf(source);
      const named = await ask(server, urlOf('index.json'), 'GET', {}, signal, readIndex);
      if (named === null) return askForNames(server, wanted, signal);
      const files: RemoteFile[] = [];
      for (const { path, size = null, etag = null, sha256 = null } of named) {
        const file: RemoteFile = {
          path,
          kind: 'file',
          size,
          tag: etag === null ? null : `etag ${etag}`,
          sha256: sha256?.toLowerCase() ?? null,
        };
        const name = parseName(path);
        const wants =
          name !== null && wanted.sources.has(name.source) && name.month <= wanted.until;
        // An index with neither ETag nor digest cannot show that a file changed: ask the server.
        if (wants && etag === null && sha256 === null)
          files.push((await lookFor(server, path, signal)) ?? file);
        else files.push(file);
      }
      return files;
    },

    async fetch(file, to, signal) {
      const server = serverOf(source);
      const url = urlOf(file.path);
      const kept = keptOf(to);
      const headers: Record<string, string> =
        kept === null ? {} : { range: `bytes=${kept.bytes}-`, 'if-range': kept.validator };
      const before = await ask(server, url, 'GET', headers, signal, async (answer) => {
        if (isGone(answer)) throw fault('source-changed', 'the file is gone');
        if (answer.status === 416) {
          dropPart(to);
          throw fault('source-changed', 'the file is shorter than the part already received');
        }
        checkStatus(answer);
        const standing = standingOf(answer);
        const range = /^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')?.[1];
        const from = answer.status === 206 ? Number(range) : 0;
        if (answer.status === 206 && from !== kept?.bytes) {
          dropPart(to);
          throw fault('source-content', 'the server sent a different part than requested');
        }
        if (file.size !== null && standing.size !== null && file.size !== standing.size) {
          dropPart(to);
          throw fault('source-changed', 'the file’s size differs from the one the source listed');
        }
        const size = standing.size ?? file.size;
        const isFramed = answer.headers['transfer-encoding']?.includes('chunked') === true;
        if (size === null && !isFramed)
          throw fault('source-content', 'the server does not say where the file ends');
        const cap = capOf(file.path, fileBytes);
        await receive(to, { from, validator: standing.validator, size, cap }, answer.pieces);
        return standing;
      });
      const after = await look(server, file.path, signal);
      if (after === null || differs(before, after)) {
        dropPart(to);
        throw fault('source-changed', 'the file was replaced while it was read');
      }
    },

    // Every request has its own connection, which ends with it.
    close: () => undefined,
  };
}
