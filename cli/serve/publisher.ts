/**
 * Keeps the published figures close to the ledger without keeping the machine busy: after a change they are
 * republished at most every few seconds, and never for more than a small share of the time, however many cases
 * there are.
 */
import { shanghaiDate } from '../../core/clock.ts';
import { describeError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Store } from '../../store/store.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import { publish } from '../../published/publish.ts';

const LEAST_MS = 5_000;
/** Pause after publishing, as a multiple of its duration: figures that take 5 s are at most a minute old. */
const REST = 10;

export interface Publisher {
  /** Something may have changed: republish when the pause is over. */
  soon(): void;
  /**
   * Publishes now.
   * @returns when done; a failure is logged
   */
  now(): Promise<void>;
  close(): Promise<void>;
}

export function openPublisher(store: Store, deployment: Deployment, log: Log): Publisher {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let closed = false;
  let rest = LEAST_MS;
  /** Journal length and day of the figures: deadlines pass without anybody doing anything. */
  let made = '';
  const state = (): string => `${store.records.length} ${shanghaiDate(store.clock)}`;

  const work = async (): Promise<void> => {
    const of = state();
    try {
      await store.task((own) => publish(own, deployment));
      made = of;
    } catch (error) {
      log.warn({ code: describeError(error).code }, 'the figures could not be published');
    }
  };
  const now = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    working ??= work().finally(() => {
      working = undefined;
    });
    return working;
  };
  /** Measured only here: during startup everything takes longer. */
  const timed = async (): Promise<void> => {
    const from = performance.now();
    await now();
    rest = Math.max(LEAST_MS, REST * (performance.now() - from));
  };
  return {
    soon() {
      if (closed || state() === made) return;
      timer ??= setTimeout(() => void timed(), rest);
    },
    now,
    async close() {
      closed = true;
      clearTimeout(timer);
      await working;
    },
  };
}
