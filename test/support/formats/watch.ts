/** What a file costs while a throw-away child reads it: the child's peak memory, and how the owner fares meanwhile. */
import { readdirSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Children of this very process that read files. */
export function readers(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        return (
          Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === process.pid &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('read-child')
        );
      } catch {
        return false;
      }
    });
}

/** Peak resident memory in MiB as the kernel counts it; 0 once the process is gone. */
function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export interface Cost {
  readonly seconds: number;
  /** MiB */
  readonly childPeak: number;
  /** MiB that the owner grew by. */
  readonly ownerGrowth: number;
  /** Milliseconds that 99 of 100 turns of the owner's event loop came late at most. */
  readonly ownerDelay: number;
  /** Milliseconds that the owner itself worked between two looks, in 99 of 100: no other process is in this figure. */
  readonly ownerBusy: number;
}

const EVERY = 20;

/** What a test threw away while it made its file is no matter of the file, but would be collected while it is read. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  // The collector gives memory back on threads of its own, after it has returned.
  await setTimeout(10 * EVERY);
}

/** The peak only grows, so that a look now and then misses what came after the last one at most. */
export async function watched<T>(work: () => Promise<T>): Promise<{ result: T; cost: Cost }> {
  await collectGarbage();
  const before = process.memoryUsage().rss;
  let [highest, childPeak] = [before, 0];
  const busy: number[] = [];
  let last = process.cpuUsage();
  let pid: number | undefined;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const watch = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    last = process.cpuUsage();
    busy.push((user + system) / 1000);
    highest = Math.max(highest, process.memoryUsage().rss);
    pid ??= readers()[0];
    if (pid !== undefined) childPeak = Math.max(childPeak, peakOf(pid));
  }, EVERY);
  const begun = performance.now();
  delay.enable();
  try {
    const result = await work();
    return {
      result,
      cost: {
        seconds: (performance.now() - begun) / 1000,
        childPeak,
        ownerGrowth: (highest - before) / 2 ** 20,
        // The timer itself is due every five milliseconds.
        ownerDelay: delay.percentile(99) / 1e6 - 5,
        // One look has the start of the child in it, which is no matter of the file: of a short watch it is the 99th.
        ownerBusy:
          busy.sort((a, b) => a - b)[
            Math.max(0, Math.min(Math.floor(busy.length * 0.99), busy.length - 2))
          ] ?? 0,
      },
    };
  } finally {
    delay.disable();
    clearInterval(watch);
  }
}
