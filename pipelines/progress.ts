/** Progress of long work: what, how many of how many, elapsed and remaining time. Counts and file names only. */
import type { Log } from '../core/log.ts';

export interface Progress {
  step(text: string): void;
  /** @param done out of the step's total units, e.g. files */
  item(done: number, total: number, text: string): void;
}

/** Writes one line per item to a stream; remaining time is extrapolated from the items done. */
export function lineProgress(
  write: (line: string) => void,
  now: () => number = () => performance.now(),
): Progress {
  let started = now();
  return {
    step(text) {
      started = now();
      write(`${text}\n`);
    },
    item(done, total, text) {
      const left = done === 0 ? 0 : ((now() - started) / done) * (total - done);
      const rest = done < total && left > 1000 ? ` · about ${Math.ceil(left / 1000)} s left` : '';
      write(`  [${done}/${total}] ${text}${rest}\n`);
    },
  };
}

/** Progress of unattended work: logs results, omits single items. */
export function quietProgress(log: Log): Progress {
  return {
    step(text) {
      log.info({}, text);
    },
    item: () => undefined,
  };
}
