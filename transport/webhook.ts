/**
 * A lead's card sent to the address that a county named, or a report to a department's, signed as the Standard Webhooks
 * specification says (https://www.standardwebhooks.com): `webhook-id` is the id of what is sent, so that a repeated call
 * is recognised.
 */
import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import type { Clock } from '../core/clock.ts';
import { MonitorError } from '../core/errors.ts';

export interface Receiver {
  readonly url: string;
  readonly secretFile: string;
}

/** Milliseconds from the first byte to the last of an answer. */
const ANSWER_MS = 10_000;

/** The key goes to the library as bytes: it refuses base64 with a line end or without padding, which files have. */
const RAW = { format: 'raw' } as const;

/** The key as the specification writes it: base64, with or without `whsec_` before it. */
function readSecret(file: string): Buffer {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch {
    throw new MonitorError('webhook-secret', 'the key file of a webhook cannot be read', {
      severity: 'retry',
      fix: 'see secret_file in doudi.yaml',
    });
  }
  const key = Buffer.from(text.replace(/^whsec_/, ''), 'base64');
  if (key.length < 16)
    throw new MonitorError('webhook-secret', 'the key of a webhook is shorter than 16 bytes', {
      severity: 'retry',
      fix: 'openssl rand -base64 32',
    });
  return key;
}

/**
 * @throws MonitorError `webhook-status` (the receiver said no), `webhook-silent`, `webhook-unreachable`; the words name
 * no address and no content
 */
export async function sendSigned(
  { url, secretFile }: Receiver,
  id: string,
  content: object,
  clock: Clock,
  answerMs = ANSWER_MS,
): Promise<void> {
  const body = JSON.stringify(content);
  const at = clock.now();
  let status: number;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(readSecret(secretFile), RAW).sign(id, at, body),
      },
    });
    await answer.body?.cancel();
    status = answer.status;
  } catch (error) {
    if (error instanceof MonitorError) throw error;
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw new MonitorError(
      late ? 'webhook-silent' : 'webhook-unreachable',
      late ? 'the receiver did not answer in time' : 'the receiver cannot be reached',
      { severity: 'retry' },
    );
  }
  if (status < 200 || status > 299)
    throw new MonitorError('webhook-status', `the receiver answered ${status}`, {
      severity: 'retry',
    });
}
