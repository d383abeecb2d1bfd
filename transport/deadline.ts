/** Timeouts of one conversation: no call to a source may last for ever. */
import type { MonitorError } from '../core/errors.ts';
import { fault } from './fault.ts';

export interface TransferDeadline {
  /** Which timeout expired, or that the caller aborted; null: neither. */
  readonly fault: MonitorError | null;
  /** Restarts the timeout for the next response. */
  expect(ms: number, why?: MonitorError): void;
  /** Stops that timeout, e.g. while writing to disk. */
  rest(): void;
  /** Clears all timers. Must always be called, or they keep the process alive. */
  end(): void;
}

const silent = (): MonitorError => fault('source-slow', 'the source stopped responding');

/**
 * @param totalMs for the whole conversation; null: only each response is limited
 * @param stop ends the conversation; called once
 */
export function startDeadline(
  totalMs: number | null,
  signal: AbortSignal,
  stop: () => void,
): TransferDeadline {
  let found: MonitorError | null = null;
  let timer: NodeJS.Timeout | undefined;
  const fire = (why: MonitorError): void => {
    if (found !== null) return;
    found = why;
    stop();
  };
  const stopped = (): void => {
    fire(fault('source-cut', 'the transfer was stopped by doudi'));
  };
  const long = fault('source-slow', 'the source exceeded the time limit for one file');
  const total = totalMs === null ? undefined : setTimeout(fire, totalMs, long);
  signal.addEventListener('abort', stopped, { once: true });
  if (signal.aborted) queueMicrotask(stopped);
  const rest = (): void => {
    clearTimeout(timer);
  };
  return {
    get fault() {
      return found;
    },
    expect(ms, why = silent()) {
      rest();
      timer = setTimeout(fire, ms, why);
    },
    rest,
    end() {
      rest();
      clearTimeout(total);
      signal.removeEventListener('abort', stopped);
    },
  };
}
