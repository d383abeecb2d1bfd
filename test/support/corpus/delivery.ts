/** The right table with a wrong manifest, under a wrong name, or of another month. */
import { createHash } from 'node:crypto';
import { person } from '../inbox.ts';
import { refused, type Case, type Expected } from './case.ts';
import { csvOf, SHEETS, WRITERS } from './sheets.ts';

const sheet = SHEETS['education/enrolment'];
const digest = (name: string, bytes: Buffer | string): string =>
  createHash(name).update(bytes).digest('hex');

type Says = readonly [kind: string, what: string, manifest: (content: Buffer) => string];

const SAYS: readonly Says[] = [
  ['manifest that is none', 'cut JSON', () => '{ "rows": 4'],
  ['manifest that is none', 'nothing at all', () => ''],
  ['manifest that is none', 'a list', () => '[40]'],
  ['manifest that is none', 'a web page', () => '<html></html>'],
  ['manifest of another form', 'rows as text', () => '{"rows":"40"}'],
  ['manifest of another form', 'fewer than no rows', () => '{"rows":-40}'],
  ['manifest of another form', 'half a digest', () => `{"sha256":"${'ab'.repeat(16)}"}`],
  ['manifest of another form', 'counties of four digits', () => '{"counties":["5201"]}'],
  ['manifest of another form', 'counties by name', () => '{"counties":["南明区"]}'],
  [
    'manifest with a wrong digest',
    'SHA-256 of other bytes',
    () => `{"sha256":"${digest('sha256', 'x')}"}`,
  ],
  ['manifest with a wrong digest', 'SM3 of other bytes', () => `{"sm3":"${digest('sm3', 'x')}"}`],
  [
    'manifest with a wrong digest',
    'SM3 under the name of SHA-256',
    (bytes) => `{"sha256":"${digest('sm3', bytes)}"}`,
  ],
  [
    'manifest with a wrong digest',
    'one right, one wrong',
    (bytes) => `{"sha256":"${digest('sha256', bytes)}","sm3":"${digest('sm3', 'x')}"}`,
  ],
  [
    'manifest with a wrong digest',
    'of last month’s file',
    () => `{"rows":40,"sha256":"${digest('sha256', csvOf(sheet).replaceAll('2030', '2029'))}"}`,
  ],
  ['manifest with a wrong number of rows', 'one more', () => '{"rows":41}'],
  [
    'manifest with a wrong number of rows',
    'the header counted',
    (bytes) => `{"rows":41,"sha256":"${digest('sha256', bytes)}"}`,
  ],
  ['manifest with a wrong number of rows', 'half', () => '{"rows":20}'],
  ['manifest with a wrong number of rows', 'none', () => '{"rows":0}'],
];

function manifests(): Case[] {
  return SAYS.map(([kind, what, manifest], turn): Case => {
    // Four of five by a reader that stays: the manifest is what is tried here.
    const writer = (turn % 5 === 4 ? WRITERS[2 + (turn % 4)] : WRITERS[turn % 2]) ?? WRITERS[0];
    return {
      kind,
      what: `${what}, ${writer.name}`,
      format: writer.format,
      content: writer.write(sheet),
      manifest,
      expected: refused('manifest'),
    };
  });
}

const NAMES: readonly (readonly [kind: string, name: string, expected: Expected])[] = [
  ...[
    '2026-13',
    '2026-00',
    '202609',
    '2026-9',
    '26-09',
    '2026-09 (1)',
    '2026-09-final',
    'enrolment',
    '2026年9月',
    'Copy of 2026-09',
  ].map((stem) => ['name that is no month', `${stem}.csv`, refused('wrong-month')] as const),
  ['name that is no month', '2026-09-15.csv.gz', refused('wrong-month')],
  ['name that is no month', '2026-14.parquet', refused('wrong-month')],
  ...[
    '2026-09.xls',
    '2026-09.txt',
    '2026-09.CSV',
    '2026-09.csv.zip',
    '2026-09.et',
    '2026-09.ods',
    '2026-09.csv.part',
  ].map((name) => ['ending that no reader is there for', name, { outcome: 'stranger' }] as const),
];

const table = (
  source: keyof typeof SHEETS,
  column: string,
  value: string,
  from: number,
): Buffer => {
  const { header, rows } = SHEETS[source];
  const at = (header as readonly string[]).indexOf(column);
  return Buffer.from(
    csvOf({ header, rows: rows.map((row, n) => (n < from ? row : row.with(at, value))) }),
  );
};

/** Rows of a later month: some are bad rows, most of them make it another month's file. */
function months(): Case[] {
  const late = (source: keyof typeof SHEETS, column: string): Case[] => [
    {
      kind: 'rows of another month',
      what: `${source}, all`,
      source,
      format: 'csv',
      content: table(source, column, '2099-01-05', 0),
      expected: refused('wrong-month'),
    },
    {
      kind: 'rows of another month',
      what: `${source}, most`,
      source,
      format: 'csv',
      content: table(source, column, '2099-01-05', 10),
      expected: refused('wrong-month'),
    },
    {
      kind: 'rows of another month',
      what: `${source}, some`,
      source,
      format: 'csv',
      content: table(source, column, '2099-01-05', 30),
      expected: refused('too-many-bad-rows'),
    },
  ];
  const report = (n: number, month: string): string =>
    `5201020160${String(n).padStart(2, '0')},520102,${month},2024-03-20,是`;
  const village = (what: string, rows: readonly string[], expected: Expected): Case => ({
    kind: 'rows of another month',
    what: `villages, ${what}`,
    source: 'villages/reports',
    format: 'csv',
    month: what === 'all' ? '2024-03' : '2024-04',
    content: Buffer.from(
      `village,county,month,reported_on,zero\n${rows.join('\n')}\n`.replaceAll(
        /^5201020160/gm,
        '5201020160',
      ),
    ),
    expected,
  });
  const villages = Array.from({ length: 40 }, (_, n) => n + 10);
  return [
    ...late('cross-check/facts', 'since'),
    ...late('emergency/affected', 'happened_on'),
    ...late('medical-insurance/settlements', 'settled_on'),
    village(
      'all',
      villages.map((n) => report(n, '2024-02')),
      refused('wrong-month'),
    ),
    village(
      'one',
      villages.map((n) => report(n, n === 12 ? '2024-05' : '2024-04')),
      { outcome: 'quarantined', rows: 39, reasons: [['range', 4, 'month']] },
    ),
  ];
}

export function delivery(): Case[] {
  const named = NAMES.map(([kind, name, expected]): Case => ({
    kind,
    what: name,
    format: name.endsWith('.parquet') ? 'parquet' : name.endsWith('.gz') ? 'csv.gz' : 'csv',
    content: Buffer.from(csvOf(sheet)),
    name,
    expected,
    secrets: [person(1)],
  }));
  return [...manifests(), ...named, ...months()];
}
