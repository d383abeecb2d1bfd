/** Every named place at which a process may die is one at which a test lets it die (reliability: no unvisited point). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/doudi.ts';

const LAYERS = [
  ...['core', 'store', 'queue', 'files', 'pseudonym', 'transport', 'connectors', 'warnings'],
  ...['cases', 'exchange', 'published', 'synthetic', 'pipelines', 'web', 'cli'],
];

function textsBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('failpoints.test.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));
}

describe('a named failpoint', () => {
  const named = LAYERS.flatMap(textsBelow)
    .flatMap((text) => [...text.matchAll(/\bfailpoint\('([a-z-]+)'\)/g)])
    .map(([, name]) => name ?? '');
  const tests = textsBelow('test').join('\n');

  it('has a name of its own', () => {
    expect(named.length).toBeGreaterThan(10);
    expect(new Set(named).size).toBe(named.length);
  });

  it.each(named)('%s is visited by a test', (name) => {
    expect(tests).toMatch(new RegExp(`['"\`]${name}(:\\d+)?['"\`]`));
  });
});
