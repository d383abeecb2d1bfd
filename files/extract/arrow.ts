/** An Arrow IPC file or stream as a table of text, batch by batch. */
import { open, type FileHandle } from 'node:fs/promises';
import { Type, type Data, type DataType, type RecordBatch } from 'apache-arrow';
import { Refused } from '../../core/refused.ts';
import { checkData, storedAs, textOf } from './arrow-cells.ts';
import { openBatches, unreadable } from './arrow-messages.ts';
import { cannotCarry, carries } from './carries.ts';
import { factsOf } from './columns.ts';
import type { Contract } from './contract.ts';
import { layOut } from './layout.ts';
import { Notes } from './markers.ts';
import { checkWidth, cleanTitle, LineWriter, type Table } from './table.ts';

/** The library throws arbitrary errors on input it cannot read. @throws Refused `unreadable` */
async function blameFile<T>(file: FileHandle, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await file.close();
    // A full disk is not the file's fault.
    if (error instanceof Refused || (error instanceof Error && 'syscall' in error)) throw error;
    throw unreadable('the Arrow file is damaged, or of an unsupported kind');
  }
}

interface Field {
  readonly name: string;
  readonly type: DataType;
}

interface Column {
  readonly title: string;
  readonly text: (value: unknown) => string;
}

/** Compares the stored types with the contract before a row is read. @throws Refused */
function planColumns(contract: Contract, fields: readonly Field[]): Column[] {
  const header = fields.map(({ name }) => cleanTitle(name));
  const { positions } = layOut(contract, header);
  const names = new Map([...positions].map(([name, index]) => [index, name] as const));
  return fields.map(({ type }, index) => {
    const name = names.get(index);
    const stored = storedAs(type);
    if (name === undefined) return { title: header[index] ?? '', text: textOf(type, undefined) };
    const facts = factsOf(contract.row.shape[name] as never);
    if (stored !== null && !carries(facts.type.kind, stored))
      throw cannotCarry(name, Type[type.typeId], facts.accepts);
    return { title: name, text: textOf(type, facts.type.kind) };
  });
}

async function writeBatch(
  batch: RecordBatch,
  columns: readonly Column[],
  out: LineWriter,
): Promise<void> {
  const vectors = columns.map(({ title }, index) => {
    const vector = batch.getChildAt(index);
    if (vector === null || vector.length < batch.numRows)
      throw unreadable("a batch's columns differ from the file's schema");
    for (const data of vector.data) checkData(data as Data, title);
    return vector;
  });
  const cells: (string | null)[] = [];
  for (let row = 0; row < batch.numRows; row += 1) {
    vectors.forEach((vector, index) => {
      const value: unknown = vector.get(row);
      cells[index] =
        value === null || value === undefined ? null : (columns[index]?.text(value) ?? null);
    });
    const wait = out.add(out.rows + 2, cells);
    if (wait !== undefined) await wait;
  }
}

/**
 * @returns the header, and the table, once its column names are known to be free of identifiers
 * @throws Refused `unreadable`, `too-large`, `encoding`, `header-missing`, `header-duplicate`
 */
export async function openArrow(
  contract: Contract,
  path: string,
): Promise<{ header: readonly string[]; table: (lines: string) => Promise<Table> }> {
  const file = await open(path, 'r');
  return blameFile(file, async () => {
    const { batches: reader, promised } = await openBatches(file);
    await reader.open({ autoDestroy: false });
    const fields = reader.schema.fields as readonly Field[];
    const header = fields.map(({ name }) => cleanTitle(name));
    checkWidth(header.length);
    const table = (lines: string): Promise<Table> =>
      blameFile(file, async () => {
        const columns = planColumns(contract, fields);
        const out = new LineWriter(lines);
        try {
          for await (const batch of reader) await writeBatch(batch, columns, out);
        } finally {
          await out.close();
        }
        if (promised !== null && promised !== out.rows)
          throw unreadable('the footer of the Arrow file does not match its batches');
        await file.close();
        const relation = out.relation(header.length);
        return { header, relation, rows: out.rows, stray: [], notes: new Notes() };
      });
    return { header, table };
  });
}
