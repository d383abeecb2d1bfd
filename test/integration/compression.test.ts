/** What is compressed and what must not be: secrets beside what the asker chose, events, parts, small answers. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressed } from '../../web/compress.ts';

const LARGE = { rows: Array.from({ length: 200 }, (_, n) => ({ county: '云岩区', n })) };
const ARROW = 'application/vnd.apache.arrow.stream';

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
  readonly body: Buffer;
}

let folder = '';
let port = 0;
let close = (): void => undefined;

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', path, method, headers: { 'accept-encoding': 'gzip', ...headers } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const { headers: got, statusCode: status = 0 } = response;
          resolve({ headers: got, status, body: Buffer.concat(parts) });
        });
      },
    );
    sent.on('error', reject).end();
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doudi-'));
  writeFileSync(join(folder, 'page.js'), 'let a = 1;\n'.repeat(500));
  const app = express();
  app.use(compressed());
  app.all(
    ['/api/session', '/api/session/password', '/api/sessions', '/api/accounts'],
    (_, answer) => {
      answer.json(LARGE);
    },
  );
  app.get('/small', (_, answer) => {
    answer.json({ data: 'x'.repeat(900) });
  });
  app.get('/arrow', (_, answer) => {
    answer.type(ARROW).send(Buffer.alloc(5000, 7));
  });
  app.get('/csv', (_, answer) => {
    answer.setHeader('vary', 'accept, authorization');
    answer.type('text/csv; charset=utf-8').send(`\uFEFF${'a,b\n'.repeat(1000)}`);
  });
  app.get('/events', (_, answer) => {
    answer.type('text/event-stream');
    answer.write(`data: ${'x'.repeat(2000)}\n\n`);
    answer.end();
  });
  app.use(express.static(folder));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});

afterAll(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
});

describe('compression', () => {
  it('is for answers of a kilobyte and more, in a form that the asker reads', async () => {
    const packed = await ask('/api/accounts');
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(JSON.parse(gunzipSync(packed.body).toString('utf8'))).toEqual(LARGE);
    const brotli = await ask('/api/accounts', { 'accept-encoding': 'br, gzip' });
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(JSON.parse(brotliDecompressSync(brotli.body).toString('utf8'))).toEqual(LARGE);
    const plain = await ask('/api/accounts', { 'accept-encoding': 'identity' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect((await ask('/small')).headers['content-encoding']).toBeUndefined();
  });

  it('keeps the mark of a CSV, and what its answer varies by', async () => {
    const { headers, body } = await ask('/csv');
    expect(headers).toMatchObject({
      'content-encoding': 'gzip',
      vary: 'accept, authorization, Accept-Encoding',
    });
    expect(gunzipSync(body).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect((await ask('/arrow')).headers['content-encoding']).toBe('gzip');
  });

  it.each([
    ['GET', '/api/session'],
    ['GET', '/api/session?x=1'],
    ['GET', '/API/Session/'],
    ['GET', '/api/session/password'],
    ['POST', '/api/session'],
    ['POST', '/api/accounts'],
    ['DELETE', '/api/accounts'],
  ])('leaves alone what may hold a secret: %s %s', async (method, path) => {
    const { headers, body } = await ask(path, {}, method);
    expect(headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(body.toString('utf8'))).toEqual(LARGE);
  });

  it('takes only the session for the session', async () => {
    expect((await ask('/api/sessions')).headers['content-encoding']).toBe('gzip');
  });

  it('leaves events and parts of files alone', async () => {
    expect((await ask('/events')).headers['content-encoding']).toBeUndefined();
    const part = await ask('/page.js', { range: 'bytes=0-1999' });
    expect([part.status, part.body.length, part.headers['content-encoding']]).toEqual([
      206,
      2000,
      undefined,
    ]);
    expect((await ask('/page.js')).headers['content-encoding']).toBe('gzip');
  });
});
