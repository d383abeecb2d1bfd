/** One word, one thing: no exported type is defined twice, no private dialect, and the glossary lists each name once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/doudi.ts';
import { productFiles, productSources } from '../support/product.ts';

/**
 * Words that only this project would understand, with what stands for them. `options` is one as a folder: as an
 * identifier it is what everybody calls the last parameter.
 */
const DIALECT = {
  kit: 'shared, or the thing’s own name',
  faces: 'endpoints',
  marks: 'annotations',
  shelf: 'cache',
  desk: 'worklist',
  strangers: 'unauthenticated',
  unsigned: 'unauthenticated',
} as const;
const AS_FOLDER = { ...DIALECT, options: 'variables' } as const;

/** Where a word is a name that others rely on: the key of `doudi run --json` for files that no connector reads. */
const RELIED_ON: readonly string[] = ['describe', 'report', 'steps/ingest'].map(
  (file) => `pipelines/${file}.ts: strangers`,
);

const sources = productSources();

/** Code without its comments and texts: what is left are names. */
function namesOnly(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, ' ')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
}

/** The words of a name: `strangersOf`, `SHELF_SIZE` and `unsigned-rows` each have one that counts. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase());
}

function definitions(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [path, text] of sources)
    for (const [, name = ''] of text.matchAll(
      /^export (?:declare )?(?:abstract )?(?:type|interface|class|enum) ([A-Za-z_]\w*)/gm,
    ))
      found.set(name, [...(found.get(name) ?? []), path]);
  return found;
}

/** @returns `path: word` */
function dialect(): string[] {
  const found = new Set<string>();
  for (const path of productFiles()) {
    const folders = path.split('/');
    const file = folders.pop() ?? '';
    for (const word of folders.flatMap(wordsOf))
      if (Object.hasOwn(AS_FOLDER, word)) found.add(`${folders.join('/')}: ${word}`);
    for (const word of wordsOf(file.replace(/\.\w+$/, '')))
      if (Object.hasOwn(DIALECT, word)) found.add(`${path}: ${word}`);
  }
  for (const [path, text] of sources) {
    const words = new Set(
      [...namesOnly(text).matchAll(/[A-Za-z_$][\w$]*/g)].flatMap(([name]) => wordsOf(name)),
    );
    for (const word of words) if (Object.hasOwn(DIALECT, word)) found.add(`${path}: ${word}`);
  }
  return [...found].sort();
}

describe('names in the product', () => {
  it('no exported type is defined twice', () => {
    const doubles = [...definitions()].filter(([, paths]) => paths.length > 1);
    expect(doubles).toEqual([]);
  });

  it('no name of a folder, a file or in the code is private dialect', () => {
    expect(dialect()).toEqual([...RELIED_ON]);
  });

  it('are told from texts and comments, and taken apart into words', () => {
    expect(namesOnly("a('desk'); // shelf\n/** kit */ b")).not.toMatch(/desk|shelf|kit/);
    expect(wordsOf('strangersOf SHELF_SIZE a-kit.ts')).toEqual([
      ...['strangers', 'of', 'shelf', 'size', 'a', 'kit', 'ts'],
    ]);
  });
});

describe('core/glossary.md', () => {
  it('lists each name once', () => {
    const rows = readFileSync(join(ROOT, 'core/glossary.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (?:code +\||---)/.test(line));
    expect(rows.length).toBeGreaterThan(90);
    const names = rows.flatMap((row) =>
      (row.split('|')[1] ?? '').split(/ [·/] |, /).map((name) => name.trim()),
    );
    const twice = names.filter((name, at) => names.indexOf(name) !== at);
    expect(twice).toEqual([]);
  });
});
