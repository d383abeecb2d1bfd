/** Tables that are not laid out as agreed, in any format; and what only text can get wrong. */
import { refused, seeded, type Case, type Expected } from './case.ts';
import { csvOf, SHEETS, withCell, WRITERS, type Sheet } from './sheets.ts';
import { ENROLMENT, person, pupils } from '../inbox.ts';
import { gzipSync } from 'node:zlib';

const whole: Sheet = SHEETS['education/enrolment'];

const titled = (header: readonly string[]): Sheet => ({ ...whole, header });
const without = (name: string): Sheet => {
  const at = whole.header.indexOf(name);
  return {
    header: whole.header.toSpliced(at, 1),
    rows: whole.rows.map((row) => row.toSpliced(at, 1)),
  };
};
const renamed = (name: string, to: string): Sheet =>
  titled(whole.header.map((title) => (title === name ? to : title)));
const added = (title: string, cell: (index: number) => string): Sheet => ({
  header: [...whole.header, title],
  rows: whole.rows.map((row, index) => [...row, cell(index)]),
});
const column = (name: string, cell: (index: number) => string): Sheet => ({
  ...whole,
  rows: whole.rows.map((row, index) => row.with(whole.header.indexOf(name), cell(index))),
});

type Laid = readonly [kind: string, what: string, sheet: Sheet, expected: Expected];

const many = refused('too-many-bad-rows');

/** Laid out wrongly, whatever the format. */
const LAID: readonly Laid[] = [
  ...['person_id', 'county', 'stage', 'status'].map((name): Laid => [
    'required column missing',
    name,
    without(name),
    refused('header-missing', 1, name),
  ]),
  [
    'column under another name',
    'plural',
    renamed('person_id', 'persons_id'),
    refused('header-missing', 1, 'person_id'),
  ],
  [
    'column under another name',
    'with a unit',
    renamed('county', '县区代码（六位）'),
    refused('header-missing', 1, 'county'),
  ],
  [
    'column under another name',
    'without a name',
    renamed('status', ''),
    refused('header-missing', 1, 'status'),
  ],
  [
    'column twice',
    'under its alias',
    added('学籍状态', () => '在读'),
    refused('header-duplicate', 1, 'status'),
  ],
  [
    'column twice',
    'under another alias',
    { ...added('县', () => '520102') },
    refused('header-duplicate', 1, 'county'),
  ],
  ['header only', 'nobody this month', { ...whole, rows: [] }, { outcome: 'loaded', rows: 0 }],
  ['required column all empty', 'status', column('status', () => ''), many],
  ['required column all empty', 'county', column('county', () => ''), many],
  [
    'columns shifted',
    'by one',
    { ...whole, rows: whole.rows.map((row) => ['', ...row.slice(0, -1)]) },
    many,
  ],
  [
    'columns shifted',
    'two swapped',
    {
      ...whole,
      rows: whole.rows.map(([a = '', b = '', c = '', d = '', ...rest]) => [a, b, d, c, ...rest]),
    },
    many,
  ],
  ['extract of another province', 'Beijing', column('county', () => '110101'), many],
  ['wrong unit throughout', '万元', column('aid_year', (n) => `${n}.2345`), many],
  [
    'too many bad rows',
    'one in ten',
    column('stage', (n) => (n % 10 === 3 ? '其它' : 'primary')),
    many,
  ],
  [
    'too many bad rows',
    'of several kinds',
    {
      ...whole,
      rows: whole.rows.map((row, n) => (n % 5 === 0 ? row.with(3 + (n % 2), 'x1x1') : row)),
    },
    many,
  ],
  [
    'row twice',
    'the third once more',
    { ...whole, rows: [...whole.rows, whole.rows[2] ?? []] },
    { outcome: 'quarantined', rows: 40, reasons: [['duplicate', 42, '']] },
  ],
  [
    'row twice',
    'written in another way',
    { ...whole, rows: [...whole.rows, (whole.rows[4] ?? []).with(2, '小学').with(4, '500.00')] },
    { outcome: 'quarantined', rows: 40, reasons: [['duplicate', 42, '']] },
  ],
  [
    'columns nobody asked for',
    'three more',
    { ...added('备注', () => '无') },
    { outcome: 'loaded', rows: 40 },
  ],
];

function laid(): Case[] {
  return LAID.flatMap(([kind, what, sheet, expected], turn) => {
    const chosen = [0, 1 + (turn % 5), 1 + ((turn + 2) % 5)];
    return chosen.flatMap((index): Case[] => {
      const writer = WRITERS[index];
      if (writer === undefined) return [];
      const { name, format, write } = writer;
      // A workbook whose titles are not the contract's has no header row at all, and Arrow cannot hold a name twice.
      return [{ kind, what: `${what}, ${name}`, format, content: write(sheet), expected }];
    });
  });
}

const lines = (count = 40): string[] => [ENROLMENT, ...pupils(count)];
const text = (all: readonly string[]): string => `${all.join('\n')}\n`;
const header = refused('header-missing', 1, 'person_id');

interface Text {
  readonly kind: string;
  readonly what: string;
  readonly text: string;
  readonly expected: Expected;
}

/** What only text can get wrong, packed or not. */
function texts(): Text[] {
  const random = seeded(2);
  const result: Text[] = [];
  const add = (kind: string, what: string, content: string, expected: Expected): void => {
    result.push({ kind, what, text: content, expected });
  };
  const data = pupils(40);
  const plain = csvOf(whole);
  add('no header row', 'the first row is a person', text(data), header);
  add('no header row', 'a blank line in front', `\n${plain}`, refused('header-missing', 1, ''));
  add('no header row', 'a title in front', `某县学籍表\n${plain}`, header);
  add('no header row', 'only line feeds', '\n\n\n', refused('header-missing', 1, ''));
  for (const mark of [';', '\t', '|', '，'])
    add('another delimiter', JSON.stringify(mark), plain.replaceAll(',', mark), header);
  add('whole lines in quotes', 'every line', text(lines().map((line) => `"${line}"`)), header);
  add('no table at all', 'a web page', `<!DOCTYPE html>\n<html><body>登录</body></html>\n`, header);
  add('no table at all', 'JSON', `[{"person_id": "x"}]\n`.replaceAll('"', "'"), header);
  for (let time = 0; time < 3; time += 1) {
    const at = random(38);
    const open = lines().with(at + 1, `"${person(at + 1)},520102,primary,enrolled,1,2,`);
    add('quote that does not end', `line ${at + 2}`, text(open), refused('unreadable', at + 2, ''));
  }
  for (const [cut, fields] of [
    [3, 3],
    [1, 1],
    [6, 6],
  ] as const) {
    const at = random(38);
    const short = lines().with(at + 1, (data[at] ?? '').split(',').slice(0, cut).join(','));
    const place = ['columns', at + 2, ''] as const;
    add('row with fewer fields', `${fields}`, text(short), {
      outcome: 'quarantined',
      rows: 39,
      reasons: [place],
    });
  }
  for (const [more, fields] of [
    [',x', 8],
    [',,x', 9],
    [',x,y,,', 11],
  ] as const) {
    const at = random(38);
    const long = lines().with(at + 1, `${data[at] ?? ''}${more}`);
    const place = ['columns', at + 2, ''] as const;
    add('row with more fields', `${fields}`, text(long), {
      outcome: 'quarantined',
      rows: 39,
      reasons: [place],
    });
  }
  for (let time = 0; time < 3; time += 1) {
    const at = random(38);
    const zero = lines().with(at + 1, `${data[at] ?? ''}\0`);
    add('zero byte', `line ${at + 2}`, text(zero), refused('unreadable', at + 2, ''));
  }
  const stray = withCell(whole, 7, 'aid_year', '12"5');
  add(
    'quote inside a cell',
    'in an amount',
    stray.rows
      .map((row) => row.join(','))
      .toSpliced(0, 0, ENROLMENT)
      .join('\n'),
    {
      outcome: 'quarantined',
      rows: 39,
      reasons: [['format', 9, 'aid_year']],
    },
  );
  const loaded = { outcome: 'loaded', rows: 40 } as const;
  add('odd but whole', 'CR only', plain.replaceAll('\n', '\r'), loaded);
  add('odd but whole', 'CRLF and LF mixed', plain.replaceAll(/(.*\n)(.*)\n/g, '$1$2\r\n'), loaded);
  add('odd but whole', 'no final line feed', plain.trimEnd(), loaded);
  add('odd but whole', 'blank rows behind', `${plain}\n\n\r\n`, loaded);
  add('odd but whole', 'commas behind the last column', plain.replaceAll(/7\n/g, '7,,\n'), loaded);
  add('odd but whole', 'two byte order marks', `\uFEFF\uFEFF${plain}`, loaded);
  add('odd but whole', 'every cell in quotes', plain.replaceAll(/[^,\n]+/g, '"$&"'), loaded);
  return result;
}

export function structure(): Case[] {
  const written = texts().flatMap(({ kind, what, text: content, expected }): Case[] => [
    { kind, what, format: 'csv', content: Buffer.from(content), expected, secrets: [person(1)] },
    { kind, what: `${what}, packed`, format: 'csv.gz', content: gzipSync(content), expected },
  ]);
  const empty = WRITERS.map(({ format, name }): Case => ({
    kind: 'nothing at all',
    what: name,
    format,
    content: Buffer.alloc(0),
    expected: format === 'csv' ? refused('header-missing', 1, '') : refused('unreadable'),
  }));
  return [...laid(), ...written, ...empty];
}
