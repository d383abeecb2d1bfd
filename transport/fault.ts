/** Faults between a department's server and the spool. Messages contain no address, header or content. */
import { MonitorError } from '../core/errors.ts';

const FIXES = {
  'source-unreachable': 'check that the server runs and that the network lets this machine through',
  'source-slow': 'it is tried again; raise the seconds of the source when the line is slow',
  'source-cut': 'it is tried again and goes on where it stopped',
  'source-credentials': 'check the files that sources: names, and that they are still accepted',
  'source-content': 'ask the department what its server hands out under this name',
  'source-changed': 'it is fetched again at the next time',
  'source-forbidden': 'see docs/add-a-source.md, what a source may not do',
  'source-host-key':
    'ask the department by another way whether its key or certificate has changed, before changing the configuration',
  'source-name': 'name it <agency>/<dataset>/<YYYY-MM>.csv',
} as const;

export type FaultCode = keyof typeof FIXES;

/** @param cause an error code of the system or a library; never an error whose text may quote an address */
export function fault(code: FaultCode, message: string, cause?: string): MonitorError {
  return new MonitorError(code, message, { severity: 'retry', fix: FIXES[code], cause });
}

/** Faults of the whole source: the other files need not be tried. */
const WHOLE = new Set<string>(['source-unreachable', 'source-credentials', 'source-host-key']);

export function isOfWholeSource(error: MonitorError): boolean {
  return WHOLE.has(error.code);
}

export function isFault(error: unknown): error is MonitorError {
  return error instanceof MonitorError && error.code in FIXES;
}

/** The code of a system or library error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Retries a few times after a lost connection: an unreliable line does not mean that the source is down. */
export async function againAfterCut<T>(
  tries: number,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  for (let left = tries; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!isFault(error) || error.code !== 'source-cut' || left <= 1 || signal.aborted)
        throw error;
    }
  }
}
