/** The built page: made by `npm run build`; in a checkout it is built at the first start and after a change. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = import.meta.url.endsWith('.ts');
/** `dist/page` in a checkout; compiled, the same folder seen from `dist/cli/serve`. */
const built = fileURLToPath(new URL(source ? '../../dist/page' : '../../page', import.meta.url));
const sources = fileURLToPath(new URL('../../web', import.meta.url));

/** Last modification of any of the page's sources, milliseconds. */
function newest(): number {
  return readdirSync(sources, { recursive: true, encoding: 'utf8' }).reduce(
    (latest, name) => Math.max(latest, statSync(join(sources, name)).mtimeMs),
    0,
  );
}

/**
 * @param tell called if the page has to be built first
 * @returns folder of the built page
 */
export async function builtPage(tell: (line: string) => void): Promise<string> {
  const index = join(built, 'index.html');
  if (!source || (existsSync(index) && statSync(index).mtimeMs > newest())) return built;
  tell('building the page (once)\n');
  const { build } = await import('vite');
  // Always a production build: React's warnings are for developers of the page, and it is twice as large with them.
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await build({ configFile: join(sources, 'page', 'vite.config.ts'), logLevel: 'error' });
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
  return built;
}
