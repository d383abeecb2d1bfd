/** Workbooks: archives that lie, parts that are no XML, and what a spreadsheet does to cells. */
import { HEAD, workbook, type Value } from '../formats/workbook.ts';
import { zip, type Part } from '../formats/zip.ts';
import { person } from '../inbox.ts';
import { refused, type Case, type Expected } from './case.ts';
import { SHEETS } from './sheets.ts';

const { header, rows } = SHEETS['education/enrolment'];
const sheet = { rows: [header, ...rows] };
const whole = workbook([sheet]);

type Made = readonly [kind: string, what: string, content: Buffer, expected: Expected];

const unreadable = refused('unreadable');
const book = (
  instead: Readonly<Record<string, Partial<Part>>>,
  extra: readonly Part[] = [],
): Buffer => workbook([sheet], { instead, extra });
const first = (content: string, rest: Partial<Part> = {}): Buffer =>
  book({ 'xl/worksheets/sheet1.xml': { content, ...rest } });
const part = (name: string): Buffer => book({}, [{ name, content: 'x' }]);

function archives(): Made[] {
  const ods = zip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
    { name: 'content.xml', content: `${HEAD}<office/>` },
  ]);
  return [
    [
      'workbook of another kind',
      '.xls, or with a password',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)]),
      unreadable,
    ],
    ['workbook of another kind', '.ods', ods, unreadable],
    ['workbook of another kind', '.xlsb', part('xl/workbook.bin'), unreadable],
    [
      'workbook of another kind',
      'a text document',
      zip([{ name: 'word/document.xml', content: HEAD }]),
      unreadable,
    ],
    ['workbook with macros', 'in the usual place', part('xl/vbaProject.bin'), unreadable],
    ['workbook with macros', 'elsewhere', part('xl/x/VBAPROJECT.BIN'), unreadable],
    ...[0.2, 0.6, 0.97].map((cut): Made => [
      'workbook cut',
      `at ${cut * 100} %`,
      whole.subarray(0, Math.floor(whole.length * cut)),
      unreadable,
    ]),
    [
      'workbook cut',
      'in front',
      Buffer.concat([Buffer.from('PK'), whole.subarray(200)]),
      unreadable,
    ],
    [
      'part twice',
      'the sheet',
      book({}, [{ name: 'xl/worksheets/sheet1.xml', content: '' }]),
      unreadable,
    ],
    [
      'part twice',
      'but for its case',
      book({}, [{ name: 'XL/workbook.xml', content: '' }]),
      unreadable,
    ],
    ['part outside the archive', 'above', part('../evil.xml'), unreadable],
    ['part outside the archive', 'further above', part('xl/../../../evil.xml'), unreadable],
    ['part outside the archive', 'absolute', part('/etc/evil.xml'), unreadable],
    ['part outside the archive', 'of a drive', part('C:/evil.xml'), unreadable],
    ['part outside the archive', 'backslashes', part('..\\evil.xml'), unreadable],
    [
      'part with a password',
      'the sheet',
      book({ 'xl/worksheets/sheet1.xml': { flags: 1 } }),
      unreadable,
    ],
    ['part packed in another way', 'bzip2', book({ 'xl/styles.xml': { method: 12 } }), unreadable],
    [
      'part packed in another way',
      'LZMA',
      book({ 'xl/worksheets/sheet1.xml': { method: 14 } }),
      unreadable,
    ],
    ['part damaged', 'wrong sum', book({ 'xl/worksheets/sheet1.xml': { sum: 1 } }), unreadable],
    [
      'part damaged',
      'longer than it says',
      book({ 'xl/worksheets/sheet1.xml': { size: 10 } }),
      unreadable,
    ],
    [
      'part damaged',
      'shorter than it says',
      book({ 'xl/workbook.xml': { size: 9_000 } }),
      unreadable,
    ],
    [
      'too many parts',
      'ten thousand and one',
      book(
        {},
        Array.from({ length: 10_001 }, (_, n) => ({ name: `x/${n}`, content: '' })),
      ),
      refused('too-large'),
    ],
  ];
}

function markup(): Made[] {
  return [
    [
      'document type',
      'own entities',
      first('<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'),
      unreadable,
    ],
    [
      'document type',
      'a file of the machine',
      first('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'),
      unreadable,
    ],
    [
      'document type',
      'in the list of sheets',
      book({ 'xl/workbook.xml': { content: '<!DOCTYPE x><workbook/>' } }),
      unreadable,
    ],
    ['part that is no XML', 'not closed', first('<worksheet><sheetData></worksheet>'), unreadable],
    ['part that is no XML', 'unknown entity', first('<worksheet>&nbsp;</worksheet>'), unreadable],
    [
      'part that is no XML',
      'cut',
      first(`${HEAD}<worksheet><sheetData><row r="1"><c r="A1">`),
      unreadable,
    ],
    ['part that is no XML', 'a web page', first('<html><br></html>'), unreadable],
    [
      'part nested without measure',
      'ten thousand',
      first('<a>'.repeat(10_000) + '</a>'.repeat(10_000)),
      unreadable,
    ],
    [
      'part in another encoding',
      'wrong bytes',
      book({ 'xl/worksheets/sheet1.xml': { content: Buffer.from([0x3c, 0x61, 0x3e, 0xff]) } }),
      refused('encoding'),
    ],
    [
      'cells out of place',
      'rows out of order',
      first('<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>'),
      unreadable,
    ],
    [
      'cells out of place',
      'cells out of order',
      first(
        '<worksheet><sheetData><row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
      ),
      unreadable,
    ],
    [
      'cells out of place',
      'beyond the last column',
      first(
        '<worksheet><sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row></sheetData></worksheet>',
      ),
      unreadable,
    ],
    [
      'cells out of place',
      'no place at all',
      first(
        '<worksheet><sheetData><row r="1"><c r="11"><v>1</v></c></row></sheetData></worksheet>',
      ),
      unreadable,
    ],
    [
      'text that is not there',
      'in a cell',
      workbook([{ rows: [header, [{ xml: '<c r="$" t="s"><v>9</v></c>' }]] }]),
      unreadable,
    ],
  ];
}

function sheets(): Made[] {
  const hidden = { ...sheet, state: 'hidden' };
  return [
    ['no sheet with the header', 'no cell', workbook([{ rows: [] }]), refused('header-missing', 1)],
    [
      'no sheet with the header',
      'hidden',
      workbook([{ rows: [] }, hidden]),
      refused('header-missing', 1),
    ],
    [
      'no sheet with the header',
      'very hidden',
      workbook([{ rows: [['x']] }, { ...sheet, state: 'veryHidden' }]),
      refused('header-missing', 1, 'person_id'),
    ],
    [
      'no sheet with the header',
      'below the twentieth row',
      workbook([{ rows: [...Array.from({ length: 20 }, () => ['说明']), ...sheet.rows] }]),
      refused('header-missing', 1, 'person_id'),
    ],
    [
      'two sheets with the header',
      'the same twice',
      workbook([sheet, sheet]),
      refused('header-duplicate'),
    ],
    [
      'two sheets with the header',
      'one a template',
      workbook([sheet, { rows: [header] }]),
      refused('header-duplicate'),
    ],
    [
      'odd but whole',
      'a title above, notes beside, a hidden draft',
      workbook([
        {
          rows: [['某县学籍表'], [], ...sheet.rows],
          after: '<mergeCells><mergeCell ref="A1:G1"/></mergeCells>',
        },
        { rows: [['说明']] },
        hidden,
      ]),
      { outcome: 'loaded', rows: 40 },
    ],
    [
      'odd but whole',
      'blank rows between and behind',
      workbook([
        { rows: [header, [], ...rows.slice(0, 20), [null, ' '], ...rows.slice(20), [' '], []] },
      ]),
      { outcome: 'loaded', rows: 40 },
    ],
  ];
}

/** Column, the cell in line 11, code; a number where the cell's secret is to be looked for. */
const CELLS: readonly (readonly [string, string, string, Value])[] = [
  ['formula', 'aid_year', 'a stale sum', { xml: '<c r="$"><f>SUM(A1:A3)</f><v>73519.50</v></c>' }],
  [
    'formula',
    'status',
    'a looked-up label',
    { xml: '<c r="$" t="str"><f>VLOOKUP(A1,B:C,2)</f><v>enrolled</v></c>' },
  ],
  [
    'formula',
    'county',
    'from another workbook',
    { xml: '<c r="$"><f>[1]Sheet1!A1</f><v>520102</v></c>' },
  ],
  ['formula', 'aid_year', 'never worked out', { xml: '<c r="$"><f>1+1</f></c>' }],
  ['error of the spreadsheet', 'aid_year', '#N/A', { xml: '<c r="$" t="e"><v>#N/A</v></c>' }],
  ['error of the spreadsheet', 'person_id', '#REF!', { xml: '<c r="$" t="e"><v>#REF!</v></c>' }],
  ['error of the spreadsheet', 'stage', '#DIV/0!', { xml: '<c r="$" t="e"><v>#DIV/0!</v></c>' }],
  [
    'number for a code',
    'person_id',
    'rounded to 15 digits',
    { xml: '<c r="$"><v>5.20102199001011E+17</v></c>' },
  ],
  ['number for a code', 'person_id', 'small', 73_519],
  ['number for a code', 'county', 'leading digits lost', 20_102],
  ['day for a number', 'aid_year', 'format of a day', new Date('2026-01-02T00:00:00Z')],
  ['day for a number', 'county', 'format of a day', new Date('2026-01-02T00:00:00Z')],
  ['truth value for something else', 'aid_year', 'TRUE', true],
  ['truth value for something else', 'status', 'FALSE', false],
  ['number that is not what was written', 'aid_year', 'sum of tenths', 0.1 + 0.2],
  [
    'number that is not what was written',
    'aid_year',
    'no number',
    { xml: '<c r="$"><v>abc</v></c>' },
  ],
  ['day that is no month', 'graduation_month', 'the second', new Date('2030-07-02T00:00:00Z')],
  [
    'day that is no month',
    'graduation_month',
    '29 February 1900',
    { xml: '<c r="$" s="1"><v>60</v></c>' },
  ],
  [
    'day that is no month',
    'graduation_month',
    'at noon',
    { xml: '<c r="$" s="1"><v>47604.5</v></c>' },
  ],
];

function spoilt(): Case[] {
  return CELLS.map(([kind, column, what, value]): Case => {
    const at = header.indexOf(column);
    const data = rows.map((row, index): Value[] =>
      index === 9 ? [...row].with(at, value as never) : [...row],
    );
    return {
      kind,
      what: `${what} in ${column}`,
      format: 'xlsx',
      content: workbook([{ rows: [header, ...data] }]),
      expected: { outcome: 'quarantined', rows: 39, reasons: [['format', 11, column]] },
      secrets: ['73519', '520102', person(10)],
    };
  });
}

/** Merged cells: the first has the value, the others are empty. */
function merged(): Case {
  const at = header.indexOf('stage');
  const data = rows.map((row, index) => (index === 10 ? row.with(at, '') : row));
  return {
    kind: 'merged cells',
    what: 'a label over two rows',
    format: 'xlsx',
    content: workbook([
      { rows: [header, ...data], after: '<mergeCells><mergeCell ref="C11:C12"/></mergeCells>' },
    ]),
    expected: { outcome: 'quarantined', rows: 39, reasons: [['missing', 12, 'stage']] },
  };
}

export function workbooks(): Case[] {
  const made = [...archives(), ...markup(), ...sheets()].map(
    ([kind, what, content, expected]): Case => ({
      kind,
      what,
      format: 'xlsx',
      content,
      expected,
    }),
  );
  return [...made, ...spoilt(), merged()];
}
