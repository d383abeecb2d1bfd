/** Parquet and Arrow: cut, crafted, or with columns and values that the contract does not know. */
import {
  Binary,
  Bool,
  DateDay,
  Dictionary,
  Float64,
  Int32,
  Int64,
  List,
  Field,
  Struct,
  Table,
  tableToIPC,
  TimeMillisecond,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import type { FileFormat } from '../../../files/extract/formats.ts';
import { arrowDelta } from '../formats/typed.ts';
import { person } from '../inbox.ts';
import { refused, seeded, type Case, type Expected } from './case.ts';
import { rustParquet, rustStream, SHEETS, textTable } from './sheets.ts';

const sheet = SHEETS['education/enrolment'];
const whole = textTable(sheet);

/** The table with one column of another type, all of its rows alike but for the given one. */
function withColumn(name: string, type: DataType, value: unknown, odd?: unknown): Table {
  const values = sheet.rows.map((_, index) => (odd !== undefined && index === 9 ? odd : value));
  return new Table(
    Object.fromEntries(
      sheet.header.map((title) => [
        title,
        title === name ? vectorFromArray(values, type) : whole.getChild(title),
      ]),
    ) as never,
  );
}

type Made = readonly [kind: string, what: string, content: Buffer, expected: Expected];

const unreadable = refused('unreadable');
const asParquet = (table: Table): Buffer => rustParquet(table);
const asFile = (table: Table): Buffer => Buffer.from(tableToIPC(table, 'file'));

const changed = (bytes: Buffer, at: number, by: readonly number[]): Buffer => {
  const copy = Buffer.from(bytes);
  copy.set(by, at);
  return copy;
};

function footers(): Made[] {
  const parquet = asParquet(whole);
  const length = (value: number): Buffer => {
    const copy = Buffer.from(parquet);
    copy.writeUInt32LE(value >>> 0, copy.length - 8);
    return copy;
  };
  const footer = parquet.readUInt32LE(parquet.length - 8);
  const from = parquet.length - 8 - footer;
  const random = seeded(5);
  return [
    ...[0.3, 0.7, 0.99].map((part): Made => [
      'Parquet cut',
      `at ${part * 100} %`,
      parquet.subarray(0, Math.floor(parquet.length * part)),
      unreadable,
    ]),
    ['Parquet cut', 'in front', parquet.subarray(100), unreadable],
    ['Parquet cut', 'one byte', parquet.subarray(0, -1), unreadable],
    ['Parquet with another mark', 'in front', changed(parquet, 0, [0x51]), unreadable],
    [
      'Parquet with another mark',
      'encrypted',
      Buffer.concat([parquet.subarray(0, -1), Buffer.from('E')]),
      unreadable,
    ],
    ['Parquet footer of a wrong length', 'longer than the file', length(2 ** 31), unreadable],
    ['Parquet footer of a wrong length', 'all of it', length(parquet.length), unreadable],
    ['Parquet footer of a wrong length', 'nought', length(0), unreadable],
    ['Parquet footer of a wrong length', 'too short', length(footer >> 1), unreadable],
    // Thrift: a list of two thousand million, a text of that length, an unknown type.
    [
      'crafted Parquet footer',
      'list without end',
      changed(parquet, from, [0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07]),
      unreadable,
    ],
    ['crafted Parquet footer', 'field of no type', changed(parquet, from, [0x1f]), unreadable],
    ['crafted Parquet footer', 'ends at once', changed(parquet, from, [0x00]), unreadable],
    [
      'crafted Parquet footer',
      'noise',
      changed(
        parquet,
        from,
        Array.from({ length: footer }, () => random(256)),
      ),
      unreadable,
    ],
  ];
}

function streams(): Made[] {
  const stream = rustStream(whole);
  const file = asFile(whole);
  const replaced = (bytes: Buffer, text: string, to: readonly number[]): Buffer =>
    changed(bytes, bytes.indexOf(text), to);
  return [
    ...[0.2, 0.6, 0.95].flatMap((part): Made[] => [
      [
        'Arrow cut',
        `stream at ${part * 100} %`,
        stream.subarray(0, Math.floor(stream.length * part)),
        unreadable,
      ],
      [
        'Arrow cut',
        `file at ${part * 100} %`,
        file.subarray(0, Math.floor(file.length * part)),
        unreadable,
      ],
    ]),
    ['Arrow stream without end', 'no end mark', stream.subarray(0, -8), unreadable],
    ['bytes behind the Arrow stream', 'one', Buffer.concat([stream, Buffer.from('x')]), unreadable],
    [
      'bytes behind the Arrow stream',
      'the same again',
      Buffer.concat([stream, stream]),
      unreadable,
    ],
    [
      'Arrow with other marks',
      'stream in those of a file',
      Buffer.concat([Buffer.from('ARROW1\0\0'), stream]),
      unreadable,
    ],
    [
      'Arrow with other marks',
      'Feather of the first version',
      Buffer.from(`FEA1${'x'.repeat(200)}FEA1`),
      unreadable,
    ],
    ['Arrow dictionary in pieces', 'delta', arrowDelta(sheet), unreadable],
    [
      'Arrow text that is no UTF-8',
      'in an id',
      replaced(stream, person(7), [0xff, 0xfe]),
      refused('encoding', 0, 'person_id'),
    ],
    [
      'Arrow text that is no UTF-8',
      'in a file',
      replaced(file, person(7), [0xc0, 0xaf]),
      refused('encoding', 0, 'person_id'),
    ],
  ];
}

const text = (value: string): Expected => refused('unreadable', 1, value);
const bad = (code: string, column: string): Expected => ({
  outcome: 'quarantined',
  rows: 39,
  reasons: [[code, 11, column]],
});

/** Column, type, value of every row, another one in line 11. */
const TYPES: readonly (readonly [string, string, string, DataType, unknown, unknown, Expected])[] =
  [
    [
      'column of another type',
      'a list for a label',
      'status',
      new List(new Field('item', new Utf8(), true)),
      ['enrolled'],
      undefined,
      text('status'),
    ],
    [
      'column of another type',
      'a structure for a label',
      'stage',
      new Struct([new Field('a', new Utf8(), true)]),
      { a: 'primary' },
      undefined,
      text('stage'),
    ],
    [
      'column of another type',
      'bytes for an id',
      'person_id',
      new Binary(),
      Buffer.alloc(16, 7),
      undefined,
      text('person_id'),
    ],
    [
      'column of another type',
      'a time for a month',
      'graduation_month',
      new TimeMillisecond(),
      36_000_000,
      undefined,
      text('graduation_month'),
    ],
    [
      'column of another type',
      'a truth value for money',
      'aid_year',
      new Bool(),
      true,
      undefined,
      text('aid_year'),
    ],
    [
      'column of another type',
      'a day for money',
      'aid_year',
      new DateDay(),
      new Date('2026-01-01T00:00:00Z'),
      undefined,
      text('aid_year'),
    ],
    [
      'column of another type',
      'a number for an id',
      'person_id',
      new Int32(),
      77,
      undefined,
      text('person_id'),
    ],
    [
      'number that is not what was written',
      'third decimal',
      'aid_year',
      new Float64(),
      1.5,
      1.239,
      bad('format', 'aid_year'),
    ],
    [
      'number that is not what was written',
      'sum of tenths',
      'aid_year',
      new Float64(),
      0.1,
      0.1 + 0.2,
      bad('format', 'aid_year'),
    ],
    [
      'number that is not what was written',
      'NaN',
      'aid_year',
      new Float64(),
      1,
      Number.NaN,
      bad('format', 'aid_year'),
    ],
    [
      'number that is not what was written',
      '1e308',
      'aid_year',
      new Float64(),
      1,
      1e308,
      bad('format', 'aid_year'),
    ],
    [
      'number out of bounds',
      'negative',
      'aid_year',
      new Int64(),
      1n,
      -120n,
      bad('range', 'aid_year'),
    ],
    [
      'number out of bounds',
      'more than any amount',
      'aid_year',
      new Int64(),
      1n,
      123_456_789_012n,
      bad('range', 'aid_year'),
    ],
    [
      'day that is no month',
      'the second',
      'graduation_month',
      new DateDay(),
      new Date('2030-07-01T00:00:00Z'),
      new Date('2030-07-02T00:00:00Z'),
      bad('format', 'graduation_month'),
    ],
    [
      'day that is no month',
      'at noon',
      'graduation_month',
      new TimestampMillisecond(),
      Date.UTC(2030, 6, 1),
      Date.UTC(2030, 6, 1, 12),
      bad('format', 'graduation_month'),
    ],
    [
      'label that nobody agreed on',
      'in a dictionary',
      'stage',
      new Dictionary(new Utf8(), new Int32()),
      'primary',
      'kindergarten',
      bad('enum', 'stage'),
    ],
    [
      'county of another province, or retired',
      'as a number',
      'county',
      new Int32(),
      520_102,
      110_101,
      bad('county', 'county'),
    ],
    [
      'county code of another length',
      'as a number',
      'county',
      new Int32(),
      520_102,
      52_010,
      bad('format', 'county'),
    ],
  ];

export function typed(): Case[] {
  const of = (format: FileFormat, made: readonly Made[]): Case[] =>
    made.map(([kind, what, content, expected]) => ({ kind, what, format, content, expected }));
  const stored = TYPES.flatMap(([kind, what, name, type, value, odd, expected]): Case[] => {
    const table = withColumn(name, type, value, odd);
    return [
      { kind, what: `${what}, Arrow`, format: 'arrow', content: asFile(table), expected },
      { kind, what: `${what}, Parquet`, format: 'parquet', content: asParquet(table), expected },
    ];
  });
  return [...of('parquet', footers()), ...of('arrow', streams()), ...stored];
}
