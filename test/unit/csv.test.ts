/** CSV as it has always been written, byte for byte: departments compare lists and files by their digests. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCsv } from '../../cli/csv.ts';
import type { Invocation } from '../../cli/command.ts';
import { csvLines } from '../../files/csv.ts';
import { csvOf } from '../../dashboards/endpoints/csv.ts';
import type { QueryResult } from '../../dashboards/shared/registry.ts';

const NASTY: readonly [string, string][] = [
  ['plain', 'plain'],
  ['', ''],
  ['a,b', '"a,b"'],
  ['say "so"', '"say ""so"""'],
  ['"', '""""'],
  ['a\nb', '"a\nb"'],
  ['a\rb', '"a\rb"'],
  ['a\r\nb', '"a\r\nb"'],
  ['\n', '"\n"'],
  ['\r', '"\r"'],
  [' leading', ' leading'],
  ['trailing ', 'trailing '],
  ['\ttab', '\ttab'],
  ['兜底，“线索”', '兜底，“线索”'],
  ['=1+1', '=1+1'],
  ['-5', '-5'],
  ['a;b', 'a;b'],
  ['\uFEFFmark', '\uFEFFmark'],
  ['\\', '\\'],
  ['#note', '#note'],
  ['𠀀', '𠀀'],
];

/** What a cell was before a library wrote it. */
const byHand = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

async function onOutput(columns: readonly string[], pages: object[][]): Promise<string[]> {
  const written: string[] = [];
  const out = (text: string): Promise<void> => {
    written.push(text);
    return Promise.resolve();
  };
  await writeCsv({ out } as unknown as Invocation, columns, pages);
  return written;
}

describe('lines of CSV', () => {
  it.each(NASTY)('write %j as %j', (cell, bytes) => {
    expect(csvLines([[cell, 'x', cell]])).toBe(`${bytes},x,${bytes}\n`);
  });

  it('write null, undefined and the empty text as nothing, and numbers as they are', () => {
    expect(csvLines([[null, undefined, ''], [null], [0, -0.5, 1e21]])).toBe(',,\n\n0,-0.5,1e+21\n');
    expect(csvLines([])).toBe('');
  });

  it('are what they were by hand, whatever stands in the cells', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('"', ',', '\r', '\n', ' ', "'", 'a', '甲'))
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1 })), (rows) => {
        expect(csvLines(rows)).toBe(rows.map((row) => `${row.map(byHand).join(',')}\n`).join(''));
      }),
      { numRuns: 500 },
    );
  });
});

describe('CSV on standard output', () => {
  it('has a header and a text per page; values that are no text stand as JSON', async () => {
    const at = new Date('2026-11-05T01:00:00Z');
    const pages = [
      [{ a: 'x,y', b: null, c: true }],
      [],
      [{ a: 1.5, b: ['r"1'], c: at }, { a: '' }],
    ];
    expect(await onOutput(['a', 'b', 'c'], pages)).toEqual([
      'a,b,c\n',
      '"x,y",,true\n',
      '1.5,"[""r\\""1""]","""2026-11-05T01:00:00.000Z"""\n,,\n',
    ]);
  });

  it('takes a column by its name, whatever the name looks like', async () => {
    expect(await onOutput(['a.b', 'c[0]'], [[{ 'a.b': 'one', 'c[0]': 'two' }]])).toEqual([
      'a.b,c[0]\n',
      'one,two\n',
    ]);
  });
});

describe('an answer of a dashboard as CSV', () => {
  it('masks, quotes what a spreadsheet would run, and ends every line', () => {
    const answer = {
      columns: [{ name: 'county' }, { name: 'n' }, { name: 'words' }],
      rows: [
        { county: '云岩区', n: 12, words: '=1+1' },
        { county: 'a,b', n: null, words: ' -2', masked: 'n' },
        { county: '', n: 0, words: '"x"\r' },
      ],
      least: 10,
    };
    expect(csvOf(answer as unknown as QueryResult)).toBe(
      `county,n,words\n云岩区,12,'=1+1\n"a,b",<10,' -2\n,0,"""x""\r"\n`,
    );
  });
});
