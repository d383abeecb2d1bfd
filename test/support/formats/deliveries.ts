/** A plain CSV extract rewritten in every form that a department may hand it in: encodings, formats, writers. */
import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import {
  columnFromArray,
  dateDay,
  dictionary,
  float64,
  bool,
  int32,
  tableFromColumns,
  tableToIPC as flechetteToIPC,
  utf8,
} from '@uwdata/flechette';
import {
  Bool,
  DateDay,
  Dictionary,
  Float64,
  Int32,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import { factsOf, type Kind } from '../../../files/extract/columns.ts';
import type { Contract } from '../../../files/extract/contract.ts';
import type { FileFormat } from '../../../files/extract/formats.ts';
import { identifier } from '../../../store/sql.ts';
import { csvOf, rustParquet, rustStream, textTable, type Sheet } from '../corpus/sheets.ts';
import { parquetOf } from './typed.ts';
import { workbook, type Value } from './workbook.ts';

/** What a file says, with the contract that says what its columns are. */
export interface Extract {
  readonly contract: Contract;
  readonly sheet: Sheet;
}

export interface Form {
  readonly name: string;
  readonly format: FileFormat;
  readonly write: (extract: Extract) => Buffer | Promise<Buffer>;
}

export function readExtractSheet(contract: Contract, csv: Buffer): Extract {
  const [header = [], ...rows] = parse(csv);
  return { contract, sheet: { header, rows } };
}

const factsAt = ({ contract }: Extract, name: string): ReturnType<typeof factsOf> =>
  factsOf(contract.row.shape[name] as never);
const kindOf = (extract: Extract, name: string): Kind => factsAt(extract, name).type;

/** A Chinese label of each value; a value that has none stays. */
function inChinese(type: Kind): (cell: string) => string {
  if (type.kind === 'boolean') return (cell) => ({ true: '是', false: '否' })[cell] ?? cell;
  if (type.kind !== 'choice') return (cell) => cell;
  const labels = new Map<string, string>();
  for (const [label, value] of Object.entries(type.labels))
    if (!labels.has(value) && /\p{Script=Han}/u.test(label)) labels.set(value, label);
  const one = (cell: string): string => labels.get(cell) ?? cell;
  return type.many ? (cell) => cell.split(';').map(one).join('；') : one;
}

/** With Chinese titles and labels, and blanks where clerks leave them. */
function chinese(extract: Extract): Sheet {
  const { header, rows } = extract.sheet;
  const label = header.map((name) => inChinese(kindOf(extract, name)));
  return {
    header: header.map((name) => factsAt(extract, name).aliases[0] ?? name),
    rows: rows.map((row) => row.map((cell, index) => label[index]?.(cell) ?? cell)),
  };
}

const encoded = (extract: Extract, encoding: string): Buffer =>
  execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding], {
    input: csvOf(chinese(extract)),
    maxBuffer: 1 << 28,
  });

const reversed = ({ header, rows }: Sheet): Sheet => ({
  header: header.toReversed(),
  rows: rows.map((row) => row.toReversed()),
});

const day = (cell: string): Date =>
  new Date(`${cell.length === 7 ? `${cell}-01` : cell}T00:00:00Z`);

/** The value that a program would hold for a cell that is not empty. */
function valueOf(kind: Kind, cell: string): string | number | boolean | Date {
  switch (kind.kind) {
    case 'county':
    case 'integer':
    case 'money':
      return Number(cell);
    case 'boolean':
      return cell === 'true';
    case 'date':
    case 'month':
      return day(cell);
    case 'choice':
    case 'id':
    case 'place':
    case 'text':
      return cell;
  }
}

const columnsOf = (extract: Extract): { name: string; kind: Kind; values: unknown[] }[] =>
  extract.sheet.header.map((name, index) => {
    const kind = kindOf(extract, name);
    const values = extract.sheet.rows.map((row) => {
      const cell = row[index] ?? '';
      return cell === '' ? null : valueOf(kind, cell);
    });
    return { name, kind, values };
  });

function arrowType({ kind }: Kind): DataType {
  switch (kind) {
    case 'county':
    case 'integer':
      return new Int32();
    case 'money':
      return new Float64();
    case 'boolean':
      return new Bool();
    case 'date':
    case 'month':
      return new DateDay();
    case 'choice':
      return new Dictionary(new Utf8(), new Int32());
    case 'id':
    case 'place':
    case 'text':
      return new Utf8();
  }
}

const typedTable = (extract: Extract): Table =>
  new Table(
    Object.fromEntries(
      columnsOf(extract).map(({ name, kind, values }) => [
        name,
        vectorFromArray(values, arrowType(kind)),
      ]),
    ) as never,
  );

function flechetteType({ kind }: Kind): ReturnType<typeof utf8> {
  switch (kind) {
    case 'county':
    case 'integer':
      return int32() as never;
    case 'money':
      return float64() as never;
    case 'boolean':
      return bool() as never;
    case 'date':
    case 'month':
      return dateDay() as never;
    case 'choice':
      return dictionary(utf8(), int32()) as never;
    case 'id':
    case 'place':
    case 'text':
      return utf8();
  }
}

function byFlechette(extract: Extract, format: 'file' | 'stream'): Buffer {
  const columns = columnsOf(extract).map(
    ({ name, kind, values }) =>
      [name, columnFromArray(values, flechetteType(kind) as never)] as const,
  );
  const bytes = flechetteToIPC(tableFromColumns(columns as never), { format });
  if (bytes === null) throw new Error('nothing was written');
  return Buffer.from(bytes);
}

function sqlType({ kind }: Kind, cell: string): string {
  switch (kind) {
    case 'id':
      return `${cell}::UUID`;
    case 'county':
    case 'integer':
      return `${cell}::INTEGER`;
    case 'place':
      return `${cell}::BIGINT`;
    case 'money':
      return `${cell}::DECIMAL(14,2)`;
    case 'boolean':
      return `${cell}::BOOLEAN`;
    case 'date':
      return `${cell}::DATE`;
    case 'month':
      return `(${cell} || '-01')::DATE`;
    case 'choice':
    case 'text':
      return cell;
  }
}

const byDuckdb = (extract: Extract): Promise<Buffer> => {
  const columns = extract.sheet.header.map(
    (name) => `${sqlType(kindOf(extract, name), identifier(name))} AS ${identifier(name)}`,
  );
  return parquetOf(`SELECT ${columns.join(', ')} FROM m`, extract.sheet, ', ROW_GROUP_SIZE 2048');
};

function typedWorkbook(extract: Extract): Buffer {
  const columns = columnsOf(extract);
  const rows = extract.sheet.rows.map((_, row) =>
    columns.map(({ values }) => values[row] as Value),
  );
  return workbook([{ rows: [extract.sheet.header, ...rows] }]);
}

/** Every form; the first is what the others are held against. */
export const FORMS: readonly Form[] = [
  { name: 'UTF-8', format: 'csv', write: ({ sheet }) => Buffer.from(csvOf(sheet)) },
  {
    name: 'UTF-8 with mark',
    format: 'csv',
    write: (extract) => Buffer.from(`\uFEFF${csvOf(chinese(extract))}`),
  },
  { name: 'GB18030', format: 'csv', write: (extract) => encoded(extract, 'GB18030') },
  {
    name: 'UTF-16LE',
    format: 'csv',
    write: (extract) => Buffer.from(`\uFEFF${csvOf(chinese(extract))}`, 'utf16le'),
  },
  {
    name: 'UTF-16BE',
    format: 'csv',
    write: (extract) => Buffer.from(`\uFEFF${csvOf(extract.sheet)}`, 'utf16le').swap16(),
  },
  {
    name: 'CRLF',
    format: 'csv',
    write: ({ sheet }) => Buffer.from(csvOf(sheet).replaceAll('\n', '\r\n')),
  },
  {
    name: 'columns in another order',
    format: 'csv',
    write: ({ sheet }) => Buffer.from(csvOf(reversed(sheet))),
  },
  {
    name: 'Chinese titles and labels',
    format: 'csv',
    write: (extract) => Buffer.from(csvOf(chinese(extract))),
  },
  { name: 'packed', format: 'csv.gz', write: ({ sheet }) => gzipSync(csvOf(sheet)) },
  {
    name: 'packed GB18030',
    format: 'csv.gz',
    write: (extract) => gzipSync(encoded(extract, 'GB18030')),
  },
  {
    name: 'Parquet of texts by DuckDB',
    format: 'parquet',
    write: ({ sheet }) => parquetOf('SELECT * FROM m', sheet),
  },
  { name: 'Parquet of types by DuckDB', format: 'parquet', write: byDuckdb },
  {
    name: 'Parquet of types by arrow-rs',
    format: 'parquet',
    write: (extract) => rustParquet(typedTable(extract)),
  },
  {
    name: 'Arrow file by apache-arrow',
    format: 'arrow',
    write: (extract) => Buffer.from(tableToIPC(typedTable(extract), 'file')),
  },
  {
    name: 'Arrow stream by apache-arrow',
    format: 'arrow',
    write: (extract) => Buffer.from(tableToIPC(typedTable(extract), 'stream')),
  },
  {
    name: 'Arrow file by flechette',
    format: 'arrow',
    write: (extract) => byFlechette(extract, 'file'),
  },
  {
    name: 'Arrow stream by arrow-rs',
    format: 'arrow',
    write: ({ sheet }) => rustStream(textTable(sheet)),
  },
  { name: 'workbook of types', format: 'xlsx', write: typedWorkbook },
  {
    name: 'workbook of texts',
    format: 'xlsx',
    write: (extract) => workbook([{ rows: [chinese(extract).header, ...chinese(extract).rows] }]),
  },
];
