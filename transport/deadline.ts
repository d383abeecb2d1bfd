/** The clocks of one conversation: no call to a source may last for ever. */
import type { MonitorError } from '../core/errors.ts';
import { fault } from './fault.ts';

export interface TransferDeadline {
  /** What ran out, or that the caller wants to stop; null: nothing yet. */
  readonly fault: MonitorError | null;
  /** Starts the clock of the next answer anew. */
  expect(ms: number, why?: MonitorError): void;
  /** Stops that clock, as while the disk is written to. */
  rest(): void;
  /** Ends all of them. To be called whatever happens, or the process waits for its timers. */
  end(): void;
}

const silent = (): MonitorError => fault('source-slow', 'the source fell silent');

/**
 * @param totalMs of all answers together; null: only each by itself
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
    fire(fault('source-cut', 'it was stopped from this side'));
  };
  const long = fault('source-slow', 'the source took longer than one file may');
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
