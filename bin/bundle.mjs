// Bundles the compiled program and the libraries it always needs into a few files, in place: a start opens a dozen
// instead of six hundred. Modules loaded by folder keep their name and place, and so does everything that is not code.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';

const DIST = resolve('dist');

/** Entry points of the program, and modules found by reading a folder. */
const ENTRIES = [
  'cli/main.js',
  'cli/commands/*.js',
  'connectors/reader/read-child.js',
  'connectors/*/index.js',
  'exchange/lists/*.js',
  'web/routes/*.js',
  'dashboards/*/queries.js',
  'bench/floor.js',
];

/** Libraries that nearly every command loads. All others stay separate packages. */
const JOINED = [
  '@duckdb/node-api',
  'big.js',
  'chinese-days',
  'cron-parser',
  'csv-parse',
  'fastest-levenshtein',
  'luxon',
  'p-limit',
  'picocolors',
  'yaml',
  'yocto-queue',
  'zod',
];

/** Modules read files relative to their own URL: each keeps its original one. */
const ownAddresses = {
  name: 'own-addresses',
  setup({ onLoad, onResolve }) {
    const root = { namespace: 'root', path: 'root' };
    onResolve({ filter: /^dist-root$/ }, () => root);
    // Every bundled file is in `dist/joined/`.
    onLoad({ filter: /.*/, namespace: 'root' }, () => ({
      contents: "export const root = new URL('../', import.meta.url).href;",
      resolveDir: DIST,
    }));
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(`${DIST}/`)) return null;
      const text = readFileSync(path, 'utf8');
      if (!text.includes('import.meta')) return { contents: text };
      const own = `(distRoot + ${JSON.stringify(relative(DIST, path))})`;
      const contents = text.replaceAll('import.meta.url', own);
      return { contents: `import { root as distRoot } from 'dist-root';\n${contents}` };
    });
  },
};

/** A library's name without its subpath: `csv-parse/sync` belongs to `csv-parse`. */
const packageOf = (name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

const librariesApart = {
  name: 'libraries-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path === 'dist-root' || JOINED.includes(packageOf(path))
        ? null
        : { path, external: true },
    );
  },
};

/** The compiler leaves the ending `.ts` on an `import()` that is awaited inside a function. */
const compiledEndings = {
  name: 'compiled-endings',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace(/\.ts$/, '.js')),
    }));
  },
};

/** Files under `dist/` that match a pattern; `*` is one path segment. */
function filesOf(pattern) {
  const [first, ...rest] = pattern.split('*');
  if (rest.length === 0) return [pattern];
  const tail = rest.join('*');
  return readdirSync(join(DIST, first))
    .map((name) => (tail.startsWith('/') ? `${first}${name}${tail}` : `${first}${name}`))
    .filter((path) => path.endsWith(tail) && existsSync(join(DIST, path)))
    .sort();
}

rmSync(join(DIST, 'joined'), { recursive: true, force: true });
await build({
  entryPoints: ENTRIES.flatMap(filesOf).map((path) => join(DIST, path)),
  outdir: DIST,
  outbase: DIST,
  allowOverwrite: true,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: 'joined/[name]-[hash]',
  plugins: [compiledEndings, ownAddresses, librariesApart],
  // Bundled CommonJS code still requires other packages' native parts.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
  logLevel: 'warning',
});
