/**
 * Sends a lead's card to a county's configured URL, or a report to a department's, signed according to the Standard
 * Webhooks specification (https://www.standardwebhooks.com): `webhook-id` is the id of the content, so that receivers
 * recognise a repeated call.
 */
import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import type { Clock } from '../core/clock.ts';
import { MonitorError } from '../core/errors.ts';

export interface Receiver {
  readonly url: string;
  readonly secretFile: string;
}

/** Milliseconds from the first to the last byte of a response. */
const ANSWER_MS = 10_000;

/** The key is passed as bytes: the library refuses base64 with a line end or without padding, which occur in files. */
const RAW = { format: 'raw' } as const;

/** The key in the specification's form: base64, with or without the prefix `whsec_`. */
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
 * @throws MonitorError `webhook-status` (the receiver said no), `webhook-silent`, `webhook-unreachable`; messages
 * contain no address or content
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
