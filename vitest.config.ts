import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Readers of files start three times as fast from what `npm run build` made; `npm run check` builds first. */
const built =
  process.env['DOUDI_PROGRAM'] === 'dist' &&
  existsSync(new URL('dist/connectors/kit/read-child.js', import.meta.url));

export default defineConfig({
  resolve: {
    alias: built
      ? [
          {
            find: /^\.\/child-entry\.ts$/,
            replacement: fileURLToPath(new URL('test/support/built-child.ts', import.meta.url)),
          },
        ]
      : [],
  },
  test: {
    include: ['test/**/*.test.ts', 'connectors/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: DuckDB already uses both, more workers only fight over them.
    maxWorkers: 2,
    pool: 'forks',
  },
});
