/** Deadline for queue calls: with Redis down an `add` waits for ever (reliability notes, section 6 row 25). */
import { MonitorError } from '../core/errors.ts';

/** Milliseconds that one call to the queue may take. */
export const CALL_MS = 10_000;

/**
 * @throws MonitorError `queue-silent` when the work takes longer; whatever it still does later is harmless because ids
 * deduplicate it
 */
export async function withDeadline<T>(what: string, work: Promise<T>, ms = CALL_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new MonitorError('queue-silent', `the queue did not answer in ${ms / 1000} s: ${what}`, {
          severity: 'retry',
          fix: 'check that Redis runs and DOUDI_QUEUE is right; nothing is lost, leads wait in the ledger',
        }),
      );
    }, ms);
  });
  // The loser of the race may still reject; ignore it.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
