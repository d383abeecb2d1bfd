/** How the reader child is started: from the built program, or from source through the loader. */
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const source = import.meta.url.endsWith('.ts');

export const entry = fileURLToPath(
  new URL(`./read-child.${source ? 'ts' : 'js'}`, import.meta.url),
);

/** Node options for running from source; empty for the built program. */
export const loader: readonly string[] = source
  ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
  : [];
