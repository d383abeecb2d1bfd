/** As much of Thrift's compact protocol as it takes to write a Parquet footer that lies. */

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}

const number = (value: number): Buffer => varint(value * 2);
const text = (value: string): Buffer => Buffer.concat([varint(value.length), Buffer.from(value)]);

type Field = readonly [id: number, type: number, value: Buffer];
const INT32 = 5;
const [INT64, BINARY, LIST, STRUCT] = [6, 8, 9, 12];

/** Fields in the order of their ids, less than sixteen apart. */
function struct(fields: readonly Field[]): Buffer {
  let last = 0;
  const parts = fields.map(([id, type, value]) => {
    const head = Buffer.from([((id - last) << 4) | type]);
    last = id;
    return Buffer.concat([head, value]);
  });
  return Buffer.concat([...parts, Buffer.from([0])]);
}

/** @param count what it says it holds, where that is another number */
function list(items: readonly Buffer[], count = items.length): Buffer {
  return Buffer.concat([Buffer.from([0xf0 | STRUCT]), varint(count), ...items]);
}

export interface Lies {
  readonly columns: readonly string[];
  readonly rows: number;
  /** How many row groups there are, and how many the footer says there are. */
  readonly groups: number;
  readonly groupsSaid?: number;
  readonly columnsSaid?: number;
}

const OPTIONAL = 1;
const BYTE_ARRAY = 6;

/** A Parquet file of nothing but a footer. */
export function craftedParquet({ columns, rows, groups, groupsSaid, columnsSaid }: Lies): Buffer {
  const leaf = (name: string): Buffer =>
    struct([
      [1, INT32, number(BYTE_ARRAY)],
      [3, INT32, number(OPTIONAL)],
      [4, BINARY, text(name)],
      [6, INT32, number(0)],
    ]);
  const root = struct([
    [4, BINARY, text('schema')],
    [5, INT32, number(columns.length)],
  ]);
  const schema = [root, ...columns.map(leaf)];
  const group = struct([
    [1, LIST, list([])],
    [2, INT64, number(0)],
    [3, INT64, number(1)],
  ]);
  const footer = struct([
    [1, INT32, number(1)],
    [2, LIST, list(schema, columnsSaid)],
    [3, INT64, number(rows)],
    [
      4,
      LIST,
      list(
        Array.from({ length: groups }, () => group),
        groupsSaid,
      ),
    ],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([Buffer.from('PAR1'), footer, length, Buffer.from('PAR1')]);
}
