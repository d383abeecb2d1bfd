/** The table behind `npm test -- --changed` names what is there, and every part of the program is in it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/doudi.ts';
import { LOOKS_AT } from '../support/run/changed.ts';

/** They hold no code that a test in this process could run, or are tests themselves. */
const NO_PROGRAM = ['bench', 'bin', 'deploy', 'dist', 'docs', 'node_modules', 'test'];

describe('the tests for a change', () => {
  it('are looked up by folders that exist, and exist themselves', () => {
    const named = LOOKS_AT.flatMap(([under, tests]) => [under, ...tests]);
    const paths = named.filter((path) => !path.includes('*'));
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('are named for every folder of the program', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .filter((name) => !NO_PROGRAM.includes(name));
    const known = new Set(LOOKS_AT.map(([under]) => under.split('/')[0]));
    expect(folders.filter((name) => !known.has(name))).toEqual([]);
  });
});
