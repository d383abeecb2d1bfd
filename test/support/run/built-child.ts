/** Stands in for connectors/reader/child-entry.ts where tests run against what `npm run build` made (shared-processes.ts). */
import { fileURLToPath } from 'node:url';

export const entry = fileURLToPath(
  new URL('../../../dist/connectors/reader/read-child.js', import.meta.url),
);

export const loader: readonly string[] = [];
