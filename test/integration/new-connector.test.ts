/** `npm run new:connector`: what it writes passes the checks as it stands, and what it refuses leaves nothing behind. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { newConnector } from '../../bin/new-connector/make.ts';
import { ROOT, withFolder } from '../support/doudi.ts';

/** What a connector, its test and the checks need. */
const TREE = ['cli', 'connectors', 'core', 'store', 'queue', 'files', 'pseudonym', 'transport']
  .concat('rules', 'warnings', 'cases', 'exchange', 'published', 'synthetic', 'pipelines')
  .concat('test/support', 'web', 'docs')
  .concat('eslint.config.js', 'package.json', '.prettierrc.json', 'tsconfig.json')
  .concat('vitest.config.ts');
const LEFT_OUT = /\/(web\/(page|maps)|docs\/pictures)$/;

const titles = ['--title', '水务', '--dataset-title', '停水户'];
const WORDS = ['water-supply', 'cut-off', ...titles];

function copyTree(to: string): void {
  for (const part of TREE)
    cpSync(join(ROOT, part), join(to, part), {
      recursive: true,
      filter: (path) => !LEFT_OUT.test(path),
    });
  symlinkSync(join(ROOT, 'node_modules'), join(to, 'node_modules'));
}

/** @returns the exit code, and what was said when it is not 0 */
async function tool(folder: string, words: readonly string[]): Promise<string> {
  const [name = '', ...rest] = words;
  return promisify(execFile)(process.execPath, [join(folder, 'node_modules', name), ...rest], {
    cwd: folder,
    env: { ...process.env, VITEST: undefined },
  }).then(
    () => 'passed',
    (error: unknown) => {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      return `${name}: ${stdout}${stderr}`;
    },
  );
}

describe('a new connector', () => {
  it(
    'is formatted, linted and typed, and its own test passes, before a line of it is changed',
    { timeout: 240_000 },
    async () => {
      await withFolder(async (folder) => {
        copyTree(folder);
        const before = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }));
        const files = await newConnector(WORDS, pathToFileURL(`${folder}/`));
        const written = readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((path) => !before.has(path) && /\.[a-z]+$/.test(path))
          .sort();
        expect(written).toEqual([...files].sort());
        expect(
          written.every((path) => /^(connectors\/water-supply\/|docs\/connectors\/)/.test(path)),
        ).toBe(true);
        const code = files.filter((path) => path.endsWith('.ts'));
        writeFileSync(
          join(folder, 'tsconfig.new.json'),
          JSON.stringify({ extends: './tsconfig.json', include: ['connectors/water-supply'] }),
        );
        const own = 'connectors/water-supply/water-supply.test.ts';
        const [tests, ...checks] = await Promise.all([
          tool(folder, ['vitest/vitest.mjs', 'run', own]),
          tool(folder, [
            'prettier/bin/prettier.cjs',
            '--check',
            ...files.filter((f) => /(ts|md)$/.test(f)),
          ]).then(async (formatted) => [
            formatted,
            await tool(folder, ['typescript/bin/tsc', '-p', 'tsconfig.new.json']),
            await tool(folder, ['eslint/bin/eslint.js', ...code]),
          ]),
        ]);
        expect([tests, ...checks.flat()]).toEqual(Array(4).fill('passed'));
      });
    },
  );

  it.each([
    ['no names', titles, /agency and a dataset/],
    ['a folder’s name in capitals', ['Water', 'cut-off', ...titles], /'Water'/],
    ['a way out of the folder', ['../water', 'cut-off', ...titles], /no name for a folder/],
    ['no title', ['water-supply', 'cut-off', '--dataset-title', '停水户'], /--title is needed/],
    [
      'a title that would end a text',
      ['water-supply', 'cut-off', '--title', "水'务", '--dataset-title', '停水户'],
      /no Chinese title/,
    ],
    [
      'an agency that has a folder',
      ['education', 'cut-off', ...titles],
      /connectors\/education is there already/,
    ],
    [
      'the reader’s folder',
      ['reader', 'cut-off', ...titles],
      /connectors\/reader is there already/,
    ],
    [
      'a dataset of another agency',
      ['water-supply', 'facts', ...titles],
      /cross-check has a dataset facts/,
    ],
    [
      'an agency whose fields would stand among the program’s own',
      ['person', 'cut-off', ...titles],
      /fields named person/,
    ],
    ['an option that there is not', [...WORDS, '--titel', '水务'], /titel/],
  ])('is refused for %s, with what would be accepted', async (_name, words, message) => {
    await withFolder(async (folder) => {
      // The refusals look at the folders that are there, and write nothing.
      mkdirSync(join(folder, 'connectors/education'), { recursive: true });
      mkdirSync(join(folder, 'connectors/reader'));
      await expect(newConnector(words, pathToFileURL(`${folder}/`))).rejects.toMatchObject({
        code: 'usage',
        exitCode: 2,
        message: expect.stringMatching(message) as string,
        fix: expect.stringMatching(/./) as string,
      });
      expect(readdirSync(join(folder, 'connectors')).sort()).toEqual(['education', 'reader']);
      expect(existsSync(join(folder, 'docs'))).toBe(false);
    });
  });
});
