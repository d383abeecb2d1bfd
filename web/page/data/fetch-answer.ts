/** One question to the server. A refusal is thrown as a `Problem` that says what happened and what to do. */
import type { ProblemAnswer } from '../../api.ts';

/** Code of a question that got no answer at all; the page words it itself. */
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

/**
 * @param path e.g. `/api/home`
 * @throws Problem; or whatever `signal` was aborted with
 */
export async function fetchAnswer<T>(path: string, signal: AbortSignal): Promise<T> {
  try {
    const response = await fetch(path, { signal, headers: { accept: 'application/json' } });
    if (response.ok) return (await response.json()) as T;
    const body: unknown = await response.json().catch(() => null);
    // A proxy in between may answer with a page of its own.
    const answer = isProblemAnswer(body)
      ? body
      : { code: `http-${response.status}`, message: response.statusText };
    throw new Problem(response.status, answer);
  } catch (error) {
    if (signal.aborted || error instanceof Problem) throw error;
    throw new Problem(0, { code: UNREACHABLE, message: String(error) });
  }
}
