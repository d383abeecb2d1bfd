/** Set up before each test file: notes what it has cost (cost-table.ts prints it). */
import { ChildProcess } from 'node:child_process';
import { afterAll, expect } from 'vitest';
import { costBetween, costUntilNow, count, forget, noteCost, remember } from './cost.ts';

type Start = (this: ChildProcess, options: { readonly args?: readonly string[] }) => unknown;

/** Every child of Node passes here, whether by `spawn`, `fork` or `execFile`. */
const passage = ChildProcess.prototype as ChildProcess & { spawn: Start & { counted?: true } };

if (passage.spawn.counted !== true) {
  const start = passage.spawn;
  const counting: Start & { counted?: true } = function (options) {
    const started = start.call(this, options);
    const reads = options.args?.some((word) => word.includes('read-child')) === true;
    count(reads ? 'readers' : 'programs');
    const { pid } = this;
    if (pid !== undefined) {
      remember(pid);
      this.once('exit', () => {
        forget(pid);
      });
    }
    return started;
  };
  counting.counted = true;
  passage.spawn = counting;
}

const before = costUntilNow();

afterAll(() => {
  noteCost(expect.getState().testPath ?? '', costBetween(before, costUntilNow()));
});
