import { defineConfig } from 'vitest/config';
import {
  ALONE,
  builtReader,
  cheapPasswords,
  countedMonths,
  warmReader,
} from './test/support/run/shared-processes.ts';
import { changedTests } from './test/support/run/changed.ts';
import { CostTable } from './test/support/run/cost-table.ts';
import { makeTemporaryFolder } from './test/support/run/temporary-folder.ts';

const temporary = makeTemporaryFolder();
const only = changedTests();

/** What both kinds of test files are run with. */
const common = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  pool: 'forks' as const,
  // Files run beside each other: with two threads each, DuckDB would spend a quarter of the time on their taking turns.
  env: { TMPDIR: temporary, DOUDI_THREADS: process.env['DOUDI_THREADS'] ?? '1' },
  setupFiles: ['test/support/run/count-cost.ts'],
};

export default defineConfig({
  test: {
    // Two cores: more workers only fight over them, and tests that look at the clock fail.
    maxWorkers: 2,
    reporters: ['default', new CostTable()],
    // What `--changed` takes is settled by changed.ts, not by the graph of imports.
    ...(only === null ? {} : { forceRerunTriggers: ['**/*'], passWithNoTests: true }),
    globalSetup: ['test/support/run/remove-temporary-folder.ts'],
    projects: [
      {
        plugins: [builtReader(), cheapPasswords(), countedMonths(), warmReader()],
        test: {
          ...common,
          name: 'shared',
          include: only ?? ['test/**/*.test.ts', 'connectors/**/*.test.ts'],
          exclude: ALONE,
          // Files take turns in two processes: modules, rules and readers are loaded once, not a hundred times.
          isolate: false,
        },
      },
      {
        plugins: [builtReader(), countedMonths()],
        test: {
          ...common,
          env: { TMPDIR: temporary },
          name: 'alone',
          include: ALONE.filter((path) => only?.includes(path) ?? true),
        },
      },
    ],
  },
});
