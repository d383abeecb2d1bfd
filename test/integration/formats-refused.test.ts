/** What typed files hold inexactly, and what spreadsheets do to cells; the rest is in test/support/corpus. */
import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileFormat } from '../../files/extract/formats.ts';
import { ENROLMENT, person, pupils } from '../support/inbox.ts';
import { enrolment, toCsv } from '../support/formats/months.ts';
import { readApart, readFile, verdict, verdictOf } from '../support/formats/read.ts';
import { arrowOf, parquetOf, textParquet } from '../support/formats/typed.ts';
import { HEAD, sheetOf, workbook, type Value } from '../support/formats/workbook.ts';
import type { Part } from '../support/formats/zip.ts';

const header = ENROLMENT.split(',');
const rows = pupils(30).map((line) => line.split(','));
const small = { header, rows };
const text = toCsv(small);

type Case = [
  what: string,
  expected: readonly (string | number)[],
  make: () => Buffer | Promise<Buffer>,
];

function refuses(format: FileFormat, cases: readonly Case[]): void {
  it.each(cases)('%s', async (_what, expected, make) => {
    expect(await verdict(format, await make())).toEqual(expected);
  });
}

const flip = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
};

describe('packed CSV', () => {
  const packed = gzipSync(text);
  it('unpacks no more than the home allows', async () => {
    expect(await verdict('csv.gz', packed, { unpackedBytes: 500 })).toEqual(['too-large', 0, '']);
    expect(await verdict('csv.gz', packed, { unpackedBytes: text.length })).toEqual([
      'read',
      30,
      0,
    ]);
  });
});

const select = (over: Readonly<Record<string, string>>): string =>
  `SELECT ${header.map((name) => `${over[name] ?? name} AS ${name}`).join(', ')} FROM m`;

describe('Parquet', () => {
  refuses('parquet', [
    [
      'a column twice but for its case',
      ['header-duplicate', 1, 'status'],
      () => parquetOf('SELECT *, status AS "Status_" FROM m', small).then(renamed),
    ],
    [
      'more rows than a file of its size has',
      ['too-large', 0, ''],
      () => parquetOf('SELECT m.* FROM range(2000000), (FROM m LIMIT 1) AS m', small),
    ],
  ]);
  /** `Status_` → `STATUS` keeps no length: the same number of bytes is written elsewhere, so names are padded. */
  function renamed(bytes: Buffer): Buffer {
    return Buffer.from(bytes.toString('latin1').replaceAll('Status_', 'STATUS '), 'latin1');
  }

  it('words of a full disk inside a damaged file are still the file’s', async () => {
    const file = await parquetOf('SELECT * FROM m', small, ', COMPRESSION uncompressed');
    const words = Buffer.from('no space left: the disk full \u00ff', 'latin1');
    words.copy(file, file.indexOf(person(9)));
    expect(await verdict('parquet', file)).toEqual(['unreadable', 0, '']);
  });

  it('a type is named without the words that the file puts into it', async () => {
    const reading = await readFile(
      'parquet',
      await parquetOf(select({ stage: `{'520102199001011248': 1}` }), small),
    );
    expect(reading).toMatchObject({ code: 'unreadable' });
    expect(JSON.stringify(reading)).not.toContain('5201021990');
  });

  it('a column without a value may have any type, an unknown column may be nested', async () => {
    const file = await parquetOf(
      `SELECT * REPLACE (NULL::TIME AS aid_year), [1, 2] AS other FROM m`,
      small,
    );
    expect(await verdict('parquet', file)).toEqual(['read', 30, 0]);
  });

  it('a value that its type does not hold exactly is a bad row, never another value', async () => {
    const values: [type: string, aid: string, code: string | null][] = [
      ['DOUBLE', '1.5', null],
      ['DOUBLE', '0.1', null],
      ['DOUBLE', '1234567.89', null],
      ['DOUBLE', '1.239', 'format'],
      ['DOUBLE', '0.1::DOUBLE + 0.2::DOUBLE', 'format'],
      ['DOUBLE', `'nan'`, 'format'],
      ['DOUBLE', `'infinity'`, 'format'],
      ['DOUBLE', '1e300', 'format'],
      ['FLOAT', '70000.51', null],
      ['FLOAT', '1234567.89', 'format'],
      ['FLOAT', '99999999', 'format'],
      ['DECIMAL(20,6)', '12.500000', null],
      ['DECIMAL(20,6)', '12.500001', 'format'],
      ['HUGEINT', '12345678901', 'range'],
      ['BIGINT', '-1', 'range'],
    ];
    for (const [type, aid, code] of values) {
      const reading = await readFile(
        'parquet',
        await parquetOf(
          `SELECT m.* REPLACE ((CASE WHEN n = 5 THEN (${aid})::${type} ELSE 1::${type} END) AS aid_year) FROM (SELECT *, row_number() OVER () AS n FROM m) AS m`,
          small,
        ),
      );
      expect([type, aid, reading.kind]).toEqual([type, aid, 'read']);
      const reasons = reading.kind === 'read' ? reading.report.reasons : [];
      expect([type, aid, ...reasons.map(({ code: c, line, column }) => [c, line, column])]).toEqual(
        code === null ? [type, aid] : [type, aid, [code, 6, 'aid_year']],
      );
    }
  });

  it('a moment that is no midnight, and a day that is no first of a month, are bad rows', async () => {
    const at = (expression: string): Promise<Buffer> =>
      parquetOf(select({ graduation_month: expression }), small);
    for (const good of [
      `DATE '2030-07-01'`,
      `TIMESTAMP_NS '2030-07-01'`,
      `TIMESTAMPTZ '2030-06-30 16:00:00+00'`,
      '203007',
    ])
      expect([good, ...(await verdict('parquet', await at(good)))]).toEqual([good, 'read', 30, 0]);
    for (const wrong of [
      `DATE '2030-07-02'`,
      `TIMESTAMP '2030-07-01 00:00:01'`,
      `TIMESTAMPTZ '2030-07-01 00:00:00+00'`,
    ])
      expect([wrong, ...(await verdict('parquet', await at(wrong), { badRowShare: 1 }))]).toEqual([
        wrong,
        'read',
        0,
        30,
      ]);
  });

  it('no bit flipped in it ends more than its reader', async () => {
    const file = await textParquet(enrolment);
    for (let step = 0; step < 5; step += 1) {
      const [outcome] = verdictOf(
        await readApart('parquet', flip(file, file.length - 12 - step * 149)),
      );
      expect(['read', 'unreadable', 'too-large', 'header-missing', 'too-many-bad-rows']).toContain(
        outcome,
      );
    }
  });
});

describe('Arrow', () => {
  const bad = ['unreadable', 0, ''] as const;
  const stream = arrowOf(small, 'stream');
  const file = arrowOf(small, 'file');
  it('cut anywhere', async () => {
    for (let part = 1; part < 12; part += 1) {
      const [format, bytes] =
        part % 2 === 0 ? (['file', file] as const) : (['stream', stream] as const);
      const cut = bytes.subarray(0, Math.floor((bytes.length * part) / 12));
      expect([format, part, ...(await verdict('arrow', cut))]).toEqual([format, part, ...bad]);
    }
  });
});

describe('a workbook', () => {
  const book = (
    instead: Readonly<Record<string, Partial<Part>>>,
    extra: readonly Part[] = [],
  ): Buffer => workbook([sheetOf(small)], { instead, extra });
  const part = (content: string): Part => ({ name: 'xl/other.xml', content });
  const sheet = (content: string, rest: Partial<Part> = {}): Buffer =>
    book({ 'xl/worksheets/sheet1.xml': { content, ...rest } });
  refuses('xlsx', [
    [
      'only formulas in a column',
      ['too-many-bad-rows', 0, ''],
      () =>
        workbook([
          {
            rows: [
              header,
              ...rows.map((row): Value[] => [
                row[0] ?? '',
                { xml: '<c r="$"><f>1</f><v>520102</v></c>' },
                ...row.slice(2),
              ]),
            ],
          },
        ]),
    ],
  ]);

  it('tells a clerk what a spreadsheet did to a cell, and keeps the numbers of its rows', async () => {
    const cells: [column: string, value: Value, code: string | null, words: RegExp][] = [
      ['aid_year', { xml: '<c r="$"><f>SUM(A1)</f><v>5</v></c>' }, 'format', /formula/],
      ['aid_year', { xml: '<c r="$" t="e"><v>#N/A</v></c>' }, 'format', /error/],
      ['aid_year', { xml: '<c r="$"><v>1234.5599999999999</v></c>' }, null, /x/],
      ['aid_year', { xml: '<c r="$"><v>1.5E2</v></c>' }, null, /x/],
      ['aid_year', 0.1 + 0.2, 'format', /another form/],
      ['aid_year', true, 'format', /truth/],
      ['aid_year', new Date('2026-01-02T00:00:00Z'), 'format', /date/],
      ['person_id', { xml: '<c r="$"><v>5.20102199001011E+17</v></c>' }, 'format', /15 digits/],
      ['person_id', 12345, 'format', /stored as a number/],
      ['county', 52010, 'format', /leading zeros/],
      ['county', { xml: '<c r="$"><v>520102</v></c>' }, null, /x/],
      ['graduation_month', 203007, null, /x/],
      ['graduation_month', { xml: '<c r="$" s="1"><v>60</v></c>' }, 'format', /not a calendar day/],
      ['graduation_month', { xml: '<c r="$" s="1"><v>47604.5</v></c>' }, 'format', /another form/],
      ['graduation_month', new Date('2030-07-02T00:00:00Z'), 'format', /another form/],
      [
        'status',
        {
          xml: '<c r="$" t="inlineStr"><is><r><t>在</t></r><rPh><t>x</t></rPh><r><t>读</t></r></is></c>',
        },
        null,
        /x/,
      ],
      ['status', { xml: '<c r="$" t="str"><v>_x0020_在读</v></c>' }, null, /x/],
      ['status', null, 'missing', /empty/],
    ];
    const lines = cells.map(([column, value], index): Value[] =>
      header.map((name, at) =>
        name === column ? value : ([person(700 + index), ...(rows[0] ?? []).slice(1)][at] ?? null),
      ),
    );
    // A title, a line of blanks, the header in line 4; two empty rows in between.
    const reading = await readFile(
      'xlsx',
      workbook([
        {
          rows: [['某县学籍表'], [' '], [], header, [], ...lines, [null, ' '], ...rows],
          after: '<mergeCells><mergeCell ref="A1:G1"/></mergeCells>',
        },
      ]),
      { badRowShare: 1 },
    );
    const reasons = reading.kind === 'read' ? reading.report.reasons : [];
    const bads = cells.flatMap(([column, , code, words], index) =>
      code === null ? [] : [{ code, column, line: 6 + index, words }],
    );
    expect(reasons.map(({ code, line, column }) => ({ code, line, column }))).toEqual(
      bads.map(({ code, line, column }) => ({ code, line, column })),
    );
    reasons.forEach(({ message }, index) => {
      expect(message).toMatch(bads[index]?.words ?? /never/);
    });
    expect(reading).toMatchObject({ report: { records: 48, rows: 48 - bads.length } });
  });

  it('counts days of 1900 as Excel does, leap day included', async () => {
    for (const [serial, lines] of [
      [32, 1],
      [61, 1],
      [47604, 1],
      [0, 0],
      [60, 0],
      [2_958_466, 0],
    ] as const) {
      const row: Value[] = [
        ...(rows[0] ?? []).slice(0, 6),
        { xml: `<c r="$" s="1"><v>${serial}</v></c>` },
      ];
      expect([
        serial,
        ...(await verdict('xlsx', workbook([{ rows: [header, row] }]), { badRowShare: 1 })),
      ]).toEqual([serial, 'read', lines, 1 - lines]);
    }
  });

  it('reads what prefixes its elements, and cells without a place', async () => {
    const row = (cells: readonly string[]): string =>
      `<x:row>${cells.map((cell) => `<x:c t="inlineStr"><x:is><x:t>${cell}</x:t></x:is></x:c>`).join('')}</x:row>`;
    const content = `${HEAD}<x:worksheet xmlns:x="y"><x:sheetData>${[header, ...rows].map(row).join('')}</x:sheetData></x:worksheet>`;
    expect(await verdict('xlsx', sheet(content))).toEqual(['read', 30, 0]);
  });

  it('no other part is read', async () => {
    expect(await verdict('xlsx', book({}, [part('<broken')]))).toEqual(['read', 30, 0]);
  });
});
