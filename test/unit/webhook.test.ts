/** What goes out with a signed call: the same bytes as ever, and what a receiver's library accepts. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { fixedClock, systemClock, type Clock } from '../../core/clock.ts';
import { sendSigned } from '../../transport/webhook.ts';
import { withFolder } from '../support/doudi.ts';

const BYTES = Buffer.from('a key of a county, 32 bytes long');
const KEY = BYTES.toString('base64');
const CARD = { lead_id: 'L1', words: '住院自付 "超过"\n', half: '\uD800', amount: 12.5 };

interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One call to a receiver on this machine. */
async function called(secret: string, clock: Clock): Promise<Call> {
  return withFolder(async (folder) => {
    const secretFile = join(folder, 'hook.key');
    writeFileSync(secretFile, secret);
    let got: Call = { headers: {}, body: '' };
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        got = { headers: request.headers, body: Buffer.concat(parts).toString('utf8') };
        response.end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      await sendSigned({ url, secretFile }, 'lead-L1', CARD, clock);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    return got;
  });
}

/** Half a second after it: the header says whole seconds. */
const AT = fixedClock('2026-11-05T09:00:00.500+08:00');

describe('a signed call', () => {
  it.each([
    ['base64', KEY],
    ['with its prefix and a line end', `whsec_${KEY}\n`],
    ['without padding', KEY.replace(/=+$/, '')],
  ])('has the headers that it always had, with a key that is %s', async (_name, secret) => {
    const { headers, body } = await called(secret, AT);
    expect(body).toBe(JSON.stringify(CARD));
    const over = `lead-L1.1793840400.${body}`;
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': 'lead-L1',
      'webhook-timestamp': '1793840400',
      'webhook-signature': `v1,${createHmac('sha256', BYTES).update(over).digest('base64')}`,
    });
    expect(headers['webhook-signature']).toBe('v1,yfDtTaPptByDX3OZgSPyXXIIzsgBs9lAmcw1XrCeFjs=');
  });

  it('is accepted by the library that receivers use, and not when a byte differs', async () => {
    const { headers, body } = await called(`whsec_${KEY}`, systemClock);
    const names = headers as Record<string, string>;
    expect(new Webhook(KEY).verify(body, names)).toEqual(CARD);
    expect(() => new Webhook(KEY).verify(body.replace('12.5', '12.6'), names)).toThrow();
  });

  it('is not sent with a key shorter than 16 bytes', async () => {
    await expect(called(Buffer.alloc(15, 1).toString('base64'), AT)).rejects.toMatchObject({
      code: 'webhook-secret',
    });
  });
});
