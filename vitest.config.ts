import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'connectors/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: DuckDB already uses both, more workers only fight over them.
    maxWorkers: 2,
    pool: 'forks',
  },
});
