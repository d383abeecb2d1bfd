/** What starts the child that reads files: the built program, or its source through the loader. */
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const source = import.meta.url.endsWith('.ts');

export const entry = fileURLToPath(
  new URL(`./read-child.${source ? 'ts' : 'js'}`, import.meta.url),
);

/** Options of Node that let it read the source; none for the built program. */
export const loader: readonly string[] = source
  ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
  : [];
