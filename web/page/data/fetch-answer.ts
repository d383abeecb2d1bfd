/** One request to the server. A refusal is thrown as a `Problem` that says what happened and what to do. */
import type { ProblemAnswer } from '../../api.ts';

/** Code of a request that got no answer at all; the page supplies the words. */
export const UNREACHABLE = 'unreachable';

export class Problem extends Error {
  readonly code: string;
  readonly fix: string | undefined;
  readonly status: number;

  constructor(status: number, { code, message, fix }: ProblemAnswer) {
    super(message);
    this.status = status;
    this.code = code;
    this.fix = fix;
  }
}

function isProblemAnswer(body: unknown): body is ProblemAnswer {
  return (
    typeof body === 'object' &&
    body !== null &&
    typeof (body as Partial<ProblemAnswer>).code === 'string' &&
    typeof (body as Partial<ProblemAnswer>).message === 'string'
  );
}

/** Dispatched when an answer says that nobody is signed in any more. */
export const SIGNED_OUT = 'doudi-signed-out';

async function ask<T>(path: string, options: RequestInit): Promise<T> {
  const { signal } = options;
  try {
    const response = await fetch(path, options);
    if (response.ok) return (await response.json()) as T;
    const body: unknown = await response.json().catch(() => null);
    // A proxy in between may answer with its own page.
    const answer = isProblemAnswer(body)
      ? body
      : { code: `http-${response.status}`, message: response.statusText };
    throw new Problem(response.status, answer);
  } catch (error) {
    if (signal?.aborted === true || error instanceof Problem) throw error;
    throw new Problem(0, { code: UNREACHABLE, message: String(error) });
  }
}

/**
 * @param path e.g. `/api/home`
 * @param background automatic request: not a sign of user activity
 * @throws Problem; or the abort reason of `signal`
 */
export async function fetchAnswer<T>(
  path: string,
  signal: AbortSignal,
  background = false,
): Promise<T> {
  const headers = {
    accept: 'application/json',
    ...(background ? { 'x-doudi-background': '1' } : {}),
  };
  try {
    return await ask<T>(path, { signal, headers });
  } catch (error) {
    if (error instanceof Problem && error.status === 401)
      window.dispatchEvent(new Event(SIGNED_OUT));
    throw error;
  }
}

/**
 * Writes.
 * @param csrf from GET /api/session; empty before sign-in
 * @throws Problem
 */
export function sendAnswer<T>(
  method: 'POST' | 'DELETE',
  path: string,
  body: unknown,
  csrf: string,
): Promise<T> {
  return ask<T>(path, {
    method,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      ...(csrf === '' ? {} : { 'x-csrf-token': csrf }),
    },
    body: JSON.stringify(body ?? {}),
  });
}
