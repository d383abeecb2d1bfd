/** Well-formed tables of several datasets, and the same table in every format. */
import { gzipSync } from 'node:zlib';
import { Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { Table as RustTable, writeParquet } from 'parquet-wasm';
import type { FileFormat } from '../../../files/extract/formats.ts';
import { workbook } from '../formats/workbook.ts';
import { ENROLMENT, home, person, pupils } from '../inbox.ts';

export interface Sheet {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const sheet = (header: string, count: number, row: (n: number) => string): Sheet => ({
  header: header.split(','),
  rows: Array.from({ length: count }, (_, index) => row(index + 1).split(',')),
});

const COUNT = 40;

/** Forty well-formed rows of each dataset. */
export const SHEETS = {
  'education/enrolment': {
    header: ENROLMENT.split(','),
    rows: pupils(COUNT).map((line) => line.split(',')),
  },
  'cross-check/facts': sheet(
    'person_id,county,kind,since,until,amount,relocation_housing',
    COUNT,
    (n) => `${person(n)},520102,vehicle,1990-05-01,,1000.50,false`,
  ),
  'civil-affairs/assistance': sheet(
    'person_id,household_id,county,township,residence,programme,status,status_date,household_size,topup_kinds',
    COUNT,
    (n) =>
      `${person(n)},${home(n)},520102,520102016,rural,rural_dibao,active,2024-05-01,3,elderly;disabled`,
  ),
  'emergency/affected': sheet(
    'person_id,county,event,happened_on',
    COUNT,
    (n) => `${person(n)},520102,火灾,1990-05-01`,
  ),
  'medical-insurance/settlements': sheet(
    'bill_id,person_id,county,settled_on,kind,disease_code,major_illness,total,insurance_paid,self_paid',
    COUNT,
    (n) => `B-${n},${person(n)},520102,1990-05-01,inpatient,C50.9,true,300.50,200,100.50`,
  ),
} as const satisfies Readonly<Record<string, Sheet>>;

export type Source = keyof typeof SHEETS;

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

export const csvOf = ({ header, rows }: Sheet): string =>
  `${[header, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`;

/** All columns as text, empty cells as null. */
export function textTable({ header, rows }: Sheet): Table {
  return new Table(
    Object.fromEntries(
      header.map((name, index) => [
        name,
        vectorFromArray(
          rows.map((row) => (row[index] === '' ? null : (row[index] ?? null))),
          new Utf8(),
        ),
      ]),
    ),
  );
}

/** Parquet as arrow-rs writes it. */
export const rustParquet = (table: Table): Buffer =>
  Buffer.from(writeParquet(RustTable.fromIPCStream(tableToIPC(table, 'stream'))));

/** An Arrow stream as arrow-rs writes it. */
export const rustStream = (table: Table): Buffer =>
  Buffer.from(RustTable.fromIPCStream(tableToIPC(table, 'stream')).intoIPCStream());

export interface Writer {
  readonly name: string;
  readonly format: FileFormat;
  readonly write: (sheet: Sheet) => Buffer;
}

/** Every format, Arrow in both of its kinds; every cell as text. */
export const WRITERS: readonly [Writer, ...Writer[]] = [
  { name: 'CSV', format: 'csv', write: (table) => Buffer.from(csvOf(table)) },
  { name: 'packed CSV', format: 'csv.gz', write: (table) => gzipSync(csvOf(table)) },
  { name: 'Parquet', format: 'parquet', write: (table) => rustParquet(textTable(table)) },
  {
    name: 'Arrow file',
    format: 'arrow',
    write: (table) => Buffer.from(tableToIPC(textTable(table), 'file')),
  },
  { name: 'Arrow stream', format: 'arrow', write: (table) => rustStream(textTable(table)) },
  {
    name: 'workbook',
    format: 'xlsx',
    write: ({ header, rows }) => workbook([{ rows: [header, ...rows] }]),
  },
];

/** The sheet with one cell replaced. */
export function withCell(
  { header, rows }: Sheet,
  row: number,
  column: string,
  value: string,
): Sheet {
  const at = header.indexOf(column);
  return {
    header,
    rows: rows.map((cells, index) => (index === row ? cells.with(at, value) : cells)),
  };
}
