/** The source of the product, for tests that look at the code itself. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './doudi.ts';

/** Every file of the repository but tests and documents, as a path from the root. */
export function productFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return listed
    .split('\0')
    .filter(
      (path) =>
        path.includes('/') &&
        !/^(test|docs)\/|\.test\.ts$/.test(path) &&
        existsSync(join(ROOT, path)),
    );
}

/** The product's TypeScript, by path. */
export function productSources(): ReadonlyMap<string, string> {
  return new Map(
    productFiles()
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
  );
}

/** The variables of doudi's own that docs/operations.md explains, and the one of libuv that it sets. */
export function documentedVariables(): string[] {
  const guide = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');
  return [...guide.matchAll(/^\| `(DOUDI_\w+|UV_THREADPOOL_SIZE)`/gm)].map(([, name = '']) => name);
}
