/**
 * Encodes an answer as an Arrow stream for notebooks: instants as timestamps, counts as 64-bit floats so that none
 * is truncated.
 */
import {
  Field,
  Float64,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  Utf8,
  makeData,
  tableToIPC,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import type { ColumnType } from '../shared/metric.ts';
import type { QueryResult } from '../shared/registry.ts';

function typeOf({ type }: ColumnType): DataType {
  if (type === 'instant') return new TimestampMillisecond();
  return type === 'text' || type === 'month' ? new Utf8() : new Float64();
}

export function arrowOf({ columns, rows }: QueryResult): Uint8Array {
  const schema = new Schema(
    columns.map(
      ({ name, column }) =>
        new Field(name, typeOf(column), true, new Map([['title', column.title]])),
    ),
  );
  const children = columns.map(({ name, column }) => {
    const [data] = vectorFromArray(
      rows.map((row) => row[name] ?? null),
      typeOf(column),
    ).data;
    return data ?? makeData({ type: typeOf(column) });
  });
  const struct = makeData({ type: new Struct(schema.fields), length: rows.length, children });
  return tableToIPC(new Table(schema, [new RecordBatch(schema, struct)]), 'stream');
}
