/** Months as Parquet and Arrow files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Bool,
  DateDay,
  Dictionary,
  Float64,
  Int32,
  makeVector,
  tableToIPC,
  Table,
  Utf8,
  vectorFromArray,
  type DataType,
  type Vector,
} from 'apache-arrow';
import { withScratch } from '../../../store/database.ts';
import { identifier, literal } from '../../../store/sql.ts';
import { deliver } from '../inbox.ts';
import { withFolder } from '../doudi.ts';
import { toCsv, type Month } from './months.ts';

/** Whatever a SELECT gives, as a Parquet file. `m` is the month's text table where there is one. */
export async function parquetOf(
  select: string,
  month?: Pick<Month, 'header' | 'rows'>,
  options = '',
): Promise<Buffer> {
  return withFolder((folder) =>
    withScratch({}, async (sql) => {
      if (month !== undefined) {
        deliver(folder, 'm.csv', toCsv(month));
        await sql.run(
          `CREATE TABLE m AS SELECT * FROM read_csv(${literal(join(folder, 'm.csv'))}, header = true, all_varchar = true)`,
        );
      }
      const out = join(folder, 'out.parquet');
      await sql.run(`COPY (${select}) TO ${literal(out)} (FORMAT parquet${options})`);
      return readFileSync(out);
    }),
  );
}

export const textParquet = (month: Pick<Month, 'header' | 'rows'>): Promise<Buffer> =>
  parquetOf('SELECT * FROM m', month);

export function typedParquet(month: Month): Promise<Buffer> {
  const columns = month.header.map(
    (name) => `${month.typed[name] ?? identifier(name)} AS ${identifier(name)}`,
  );
  return parquetOf(`SELECT ${columns.join(', ')} FROM m`, month, ', ROW_GROUP_SIZE 2048');
}

/** A column as an Arrow vector of the type that a department's program would choose. */
function vectorOf(name: string, cells: readonly string[]): Vector {
  const given = cells.map((cell) => (cell === '' ? null : cell));
  const make = (type: DataType, read: (cell: string) => unknown): Vector =>
    vectorFromArray(
      given.map((cell) => (cell === null ? null : read(cell))),
      type,
    );
  switch (name) {
    case 'county':
      return make(new Int32(), Number);
    case 'major_illness':
      return make(new Bool(), (cell) => cell === '是' || cell === 'true');
    case 'settled_on':
      return make(new DateDay(), (cell) => new Date(`${cell}T00:00:00Z`));
    case 'graduation_month':
      return make(new DateDay(), (cell) => new Date(`${cell}-01T00:00:00Z`));
    case 'total':
    case 'aid_year':
    case 'self_paid':
      return make(new Float64(), Number);
    case 'stage':
    case 'kind':
      return make(new Dictionary(new Utf8(), new Int32()), String);
    default:
      return make(new Utf8(), String);
  }
}

export function arrowTable({ header, rows }: Pick<Month, 'header' | 'rows'>): Table {
  return new Table(
    Object.fromEntries(
      header.map((name, index) => [
        name,
        vectorOf(
          name,
          rows.map((row) => row[index] ?? ''),
        ),
      ]),
    ),
  );
}

export function arrowOf(month: Pick<Month, 'header' | 'rows'>, kind: 'file' | 'stream'): Buffer {
  return Buffer.from(tableToIPC(arrowTable(month), kind));
}

/** A stream whose dictionary of stages comes in two pieces, the second one a delta. */
export function arrowDelta(month: Pick<Month, 'header' | 'rows'>): Buffer {
  const table = arrowTable(month);
  const [first, second] = ['primary', 'junior'].map((w) => vectorFromArray([w], new Utf8()));
  if (first === undefined || second === undefined) throw new Error('two words');
  const dictionary = first.concat(second);
  const stage = makeVector({
    type: new Dictionary(new Utf8(), new Int32()),
    data: new Int32Array(month.rows.length).fill(1),
    dictionary,
  });
  const columns = table.schema.names.map((name) => [
    name,
    name === 'stage' ? stage : table.getChild(name),
  ]);
  return Buffer.from(tableToIPC(new Table(Object.fromEntries(columns) as never), 'stream'));
}
