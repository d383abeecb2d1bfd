/** A Parquet file as a table of text. DuckDB opens it, only in the disposable child. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { MonitorError } from '../../core/errors.ts';
import { identifier, literal, parquet, type Sql } from '../../store/sql.ts';
import { Refused } from '../../core/refused.ts';
import {
  cannotCarry,
  carries,
  DOUBLE_LIMIT,
  hasDecimals,
  SINGLE_LIMIT,
  SINGLE_MONEY_LIMIT,
  type Stored,
} from './carries.ts';
import { factsOf, type ColumnFacts, type Kind } from './columns.ts';
import type { Contract } from './contract.ts';
import { READABLE } from './formats.ts';
import { layOut } from './layout.ts';
import { REWRITTEN, Notes } from './markers.ts';
import { checkWidth, cleanTitle, mostRows, type Table } from './table.ts';

/** Ten thousand row groups of fifty columns; an extract has some dozen. The footer is read whole into memory first. */
const MAX_FOOTER = 16 * 2 ** 20;
const TAIL = 8;

const unreadable = (message: string): Refused =>
  new Refused('unreadable', message, { accepts: READABLE.parquet });

/** Checks both ends of the file before the engine opens it. @returns its size */
function checkEnds(path: string): number {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size < TAIL + 4) throw unreadable('not a Parquet file: too short');
    const head = Buffer.alloc(4);
    const tail = Buffer.alloc(TAIL);
    readSync(file, head, 0, 4, 0);
    readSync(file, tail, 0, TAIL, size - TAIL);
    const magic = tail.toString('latin1', 4);
    if (magic === 'PARE') throw unreadable('the Parquet file is encrypted');
    if (head.toString('latin1') !== 'PAR1') throw unreadable('not a Parquet file');
    if (magic !== 'PAR1') throw unreadable('the Parquet file is truncated: its end is missing');
    const footer = tail.readUInt32LE(0);
    if (footer > size - TAIL - 4)
      throw unreadable('the Parquet file is truncated: its beginning is missing');
    if (footer > MAX_FOOTER)
      throw unreadable(`the description of the file's row groups has ${footer} bytes`);
    return size;
  } finally {
    closeSync(file);
  }
}

/**
 * Engine errors here are the file's fault, as every statement is about the file. The exception is a full disk,
 * recognised by the error text, which may however quote the file: a plain scan needs no disk, so if it fails in the
 * same way the file is to blame.
 * @param scan absent where nothing is written
 */
async function blameFile<T>(work: () => Promise<T>, scan?: () => Promise<unknown>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MonitorError) || error instanceof Refused || error.code === 'memory')
      throw error;
    const full = error.code === 'disk-full';
    if (
      full &&
      scan !== undefined &&
      (await scan().then(
        () => true,
        () => false,
      ))
    )
      throw error;
    throw unreadable('the Parquet file is damaged or inconsistent');
  }
}

interface Stores {
  /** Column name as in the file. */
  readonly title: string;
  /** The engine's name: made unique. */
  readonly name: string;
  readonly type: string;
}

interface SchemaNode {
  readonly name: string;
  readonly num_children: string | null;
}

/** Names of the columns, nested ones once. The engine renames duplicates; the file's own schema shows them. */
function topNames(nodes: readonly SchemaNode[]): string[] {
  const names: string[] = [];
  let at = 1;
  const skip = (): void => {
    const children = Number(nodes[at]?.num_children ?? 0);
    at += 1;
    for (let child = 0; child < children && at < nodes.length; child += 1) skip();
  };
  while (at < nodes.length) {
    names.push(nodes[at]?.name ?? '');
    skip();
  }
  return names;
}

async function readSchema(sql: Sql, path: string): Promise<Stores[]> {
  const nodes = await sql.rows<SchemaNode>(
    `SELECT name, num_children FROM parquet_schema(${literal(path)})`,
  );
  // Too deep for the stack: such a tree is not a table.
  if (nodes.length > 20_000) throw unreadable(`the file describes ${nodes.length} columns`);
  const described = await sql.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${parquet(path)}`,
  );
  const titles = topNames(nodes);
  if (titles.length !== described.length)
    throw unreadable('the Parquet file names its columns in two ways');
  return described.map(({ column_name: name, column_type: type }, index) => ({
    title: cleanTitle(titles[index] ?? ''),
    name,
    type,
  }));
}

/** Checked because a footer may claim any number of rows. @throws Refused `too-large` */
async function countPromised(sql: Sql, path: string, size: number): Promise<number> {
  const [row] = await sql.rows<{ rows: string | null }>(
    `SELECT sum(num_rows)::VARCHAR AS rows FROM parquet_file_metadata(${literal(path)})`,
  );
  const rows = Number(row?.rows ?? 0);
  if (!(rows >= 0 && rows <= mostRows(size)))
    throw new Refused('too-large', `a file of ${size} bytes says it has ${rows} rows`, {
      accepts: `at most ${mostRows(size)} rows`,
    });
  return rows;
}

function storedAs(type: string): Stored {
  if (type === 'VARCHAR' || type.startsWith('ENUM(')) return 'text';
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/.test(type)) return 'integer';
  if (type.startsWith('DECIMAL(') && !type.endsWith(']')) return 'decimal';
  if (type.startsWith('TIMESTAMP') && !type.endsWith(']')) return 'timestamp';
  switch (type) {
    case 'FLOAT':
    case 'DOUBLE':
      return 'float';
    case 'UUID':
      return 'uuid';
    case 'BOOLEAN':
      return 'boolean';
    case 'DATE':
      return 'date';
    default:
      return 'other';
  }
}

/** Omits field names, which are the file's own text. */
const nameOf = (type: string): string =>
  /[([]/.test(type) && !type.startsWith('DECIMAL(') ? 'a nested type' : type;

/** Strips trailing zeros of a fraction. */
const shortest = (text: string): string =>
  `regexp_replace(regexp_replace(${text}, '(\\.[0-9]*?)0+$', '\\1'), '\\.$', '')`;

function floatText(value: string, type: string, kind: Kind['kind'] | undefined): string {
  const whole = `${value} = trunc(${value})`;
  const limit = type === 'FLOAT' ? SINGLE_LIMIT : DOUBLE_LIMIT;
  const fraction =
    kind !== undefined && !hasDecimals(kind)
      ? ''
      : `WHEN abs(${value}) < ${type === 'FLOAT' ? SINGLE_MONEY_LIMIT : DOUBLE_LIMIT} THEN ${shortest(`${value}::VARCHAR`)} `;
  // A number with lost digits is written in full after the marker: the gate looks at digits.
  return (
    `CASE WHEN ${value} IS NULL THEN NULL WHEN abs(${value}) < ${limit} AND ${whole} THEN ${value}::BIGINT::VARCHAR ${fraction}` +
    `WHEN abs(${value}) < 1e30 AND ${whole} THEN ${literal(REWRITTEN)} || ${value}::HUGEINT::VARCHAR ELSE ${literal(REWRITTEN)} || ${value}::VARCHAR END`
  );
}

/** The value as the text a CSV would hold. @param facts the contract column's; absent for an ignored column */
function textOf({ name, type }: Stores, facts: ColumnFacts | undefined): string {
  const value = identifier(name);
  const text = `${value}::VARCHAR`;
  switch (storedAs(type)) {
    case 'text':
    case 'other':
    case 'boolean':
    case 'integer':
      return text;
    case 'uuid':
      return `replace(${text}, '-', '')`;
    case 'decimal':
      return type.endsWith(',0)') ? text : shortest(text);
    case 'float':
      return floatText(value, type, facts?.type.kind);
    case 'date':
    case 'timestamp': {
      // A time with zone is converted to Shanghai local time, whose offset was not always eight hours.
      const day = `regexp_replace(${text}, ' 00:00:00(\\+[0-9:]+)?$', '')`;
      return facts?.type.kind === 'month'
        ? `regexp_replace(${day}, '^([0-9]{4}-[0-9]{2})-01$', '\\1')`
        : day;
    }
  }
}

/**
 * Compares the stored types with the contract before a row is read.
 * @returns the SQL text of each column
 * @throws Refused `unreadable` for a column of an unsuitable type
 */
async function render(
  sql: Sql,
  path: string,
  contract: Contract,
  columns: readonly Stores[],
): Promise<string[]> {
  const { positions } = layOut(
    contract,
    columns.map(({ title }) => title),
  );
  const names = new Map([...positions].map(([name, index]) => [index, name] as const));
  const texts: string[] = [];
  for (const [index, column] of columns.entries()) {
    const name = names.get(index);
    const facts = name === undefined ? undefined : factsOf(contract.row.shape[name] as never);
    if (
      facts !== undefined &&
      name !== undefined &&
      !carries(facts.type.kind, storedAs(column.type))
    ) {
      // A column without any value may have an arbitrary type.
      const [some] = await sql.rows(
        `SELECT 1 AS found FROM ${parquet(path)} WHERE ${identifier(column.name)} IS NOT NULL LIMIT 1`,
      );
      if (some !== undefined) throw cannotCarry(name, nameOf(column.type), facts.accepts);
      texts.push('NULL::VARCHAR');
      continue;
    }
    texts.push(textOf(column, facts));
  }
  return texts;
}

/**
 * @returns the header, and a function that reads the table once its names are known to be free of identifiers
 * @throws Refused `unreadable`, `too-large`, `header-missing`, `header-duplicate`
 */
export async function openParquet(
  sql: Sql,
  contract: Contract,
  path: string,
): Promise<{
  readonly header: readonly string[];
  readonly read: <T>(work: (table: Table) => Promise<T>) => Promise<T>;
}> {
  const size = checkEnds(path);
  const { columns, rows } = await blameFile(async () => {
    const found = await readSchema(sql, path);
    checkWidth(found.length);
    return { columns: found, rows: await countPromised(sql, path, size) };
  });
  const header = columns.map(({ title }) => title);
  const scan = (): Promise<unknown> =>
    sql.rows(`SELECT max(hash(file)) AS seen FROM ${parquet(path)} AS file`);
  return {
    header,
    read: (work) =>
      blameFile(async () => {
        const texts = await render(sql, path, contract, columns);
        const cells = texts.map((text, index) => `${text} AS c${index}`);
        const relation = `SELECT row_number() OVER () + 1 AS line, ${cells.join(', ')} FROM ${parquet(path)}`;
        return work({ header, relation, rows, stray: [], notes: new Notes() });
      }, scan),
  };
}
