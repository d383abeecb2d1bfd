/** Progress of long work: what, how many of how many, how long, how much longer. Counts and names of files only. */
import type { Log } from '../core/log.ts';

export interface Progress {
  step(text: string): void;
  /** @param done of total units of the step, e.g. files */
  item(done: number, total: number, text: string): void;
}

/** Writes one line per item to a stream; the time left is extrapolated from the items done. */
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

/** Progress of work that nobody watches: what was done goes to the log, the pieces are left out. */
export function quietProgress(log: Log): Progress {
  return {
    step(text) {
      log.info({}, text);
    },
    item: () => undefined,
  };
}
