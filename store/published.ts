/**
 * The published file: small tables of counts for charts, in a separate database without persons (at most ids of cards).
 * It is rebuilt beside the old one and renamed into place; readers hold no handle on the ledger.
 */
import { rmSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import {
  DuckDBInstance,
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  type DuckDBResultReader,
  type DuckDBValue,
  type JS,
} from '@duckdb/node-api';
import pLimit from 'p-limit';
import { MonitorError } from '../core/errors.ts';
import type { Home } from '../core/home.ts';
import { settle } from './files.ts';
import { identifier, literal, type Sql } from './sql.ts';

export function publishedFile(home: Home): string {
  return join(home.root, 'published', 'doudi.duckdb');
}

/**
 * Rebuilds the file. Its table `digest` shows which other tables are unchanged, so that a reader can keep what it
 * computed from those.
 * @param tables name and SELECT of each; they may read the ledger and temporary tables
 */
export function writePublished(
  sql: Sql,
  home: Home,
  tables: Readonly<Record<string, string>>,
): Promise<void> {
  return turn(() => write(sql, home, tables));
}

/** Order-independent digest: the row count and the sum of the row hashes. */
function digestOf(table: string): string {
  return `SELECT ${literal(table)} AS "table", count(*) || ' ' || coalesce(sum(hash(t)::HUGEINT), 0) AS digest FROM published.${identifier(table)} t`;
}

/** All connections see an attached database, so only one rebuild runs at a time. */
const turn = pLimit(1);

async function write(
  sql: Sql,
  home: Home,
  tables: Readonly<Record<string, string>>,
): Promise<void> {
  const draft = join(home.temporary, 'published.duckdb');
  rmSync(draft, { force: true });
  rmSync(`${draft}.wal`, { force: true });
  await sql.run(`ATTACH ${literal(draft)} AS published`);
  try {
    // One transaction, so that the disk is synced once rather than per table.
    await sql.run('BEGIN');
    try {
      for (const [name, select] of Object.entries(tables))
        await sql.run(`CREATE TABLE published.${name} AS ${select}`);
      await sql.run(
        `CREATE TABLE published.digest AS ${Object.keys(tables).map(digestOf).join(' UNION ALL ')}`,
      );
      await sql.run('COMMIT');
    } catch (error) {
      await sql.run('ROLLBACK');
      throw error;
    }
    await sql.run('CHECKPOINT published');
  } finally {
    await sql.run('DETACH published');
  }
  settle(draft, publishedFile(home));
}

/**
 * Copies a table of the current file into a temporary table, so that costly counts are not repeated.
 * @returns false when the file or table does not exist
 */
export function copyPublished(sql: Sql, home: Home, table: string, into: string): Promise<boolean> {
  return turn(async () => {
    const standing = publishedFile(home);
    if (statSync(standing, { throwIfNoEntry: false }) === undefined) return false;
    await sql.run(`ATTACH ${literal(standing)} AS before (READ_ONLY)`);
    try {
      const there = await sql.rows(
        `SELECT 1 AS there FROM duckdb_tables() WHERE database_name = 'before' AND table_name = ${literal(table)}`,
      );
      if (there.length === 0) return false;
      await sql.run(
        `CREATE OR REPLACE TEMP TABLE ${identifier(into)} AS SELECT * FROM before.${identifier(table)}`,
      );
      return true;
    } finally {
      await sql.run('DETACH before');
    }
  });
}

/** Concurrent queries: each takes a core, and more would only compete for cores and memory. */
const LANES = Math.min(8, Math.max(2, availableParallelism()));

/** Prepared statements kept per connection; the program has fewer. */
const STATEMENTS = 500;

/** A connection that runs one query at a time, with its prepared statements. */
interface Lane {
  readonly connection: DuckDBConnection;
  readonly turn: ReturnType<typeof pLimit>;
  readonly statements: Map<string, DuckDBPreparedStatement>;
}

interface Opened {
  readonly instance: DuckDBInstance;
  /** For queries that somebody is waiting for. */
  readonly lanes: readonly Lane[];
  /** For precomputation, so that no request queues behind it. */
  readonly aside: Lane;
  readonly inode: number;
  readonly changed: number;
}

async function open(path: string, inode: number, changed: number): Promise<Opened> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY', threads: '1' });
  const [first, ...others] = await Promise.all(
    Array.from({ length: LANES + 1 }, () => instance.connect()),
  );
  if (first === undefined) throw new Error('there is no connection');
  for (const statement of [
    "SET memory_limit = '512MB'",
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ])
    await first.run(statement);
  const laneOf = (connection: DuckDBConnection): Lane => ({
    connection,
    turn: pLimit(1),
    statements: new Map<string, DuckDBPreparedStatement>(),
  });
  return { instance, lanes: others.map(laneOf), aside: laneOf(first), inode, changed };
}

async function statementOf(lane: Lane, text: string): Promise<DuckDBPreparedStatement> {
  const known = lane.statements.get(text);
  if (known !== undefined) return known;
  const statement = await lane.connection.prepare(text);
  if (lane.statements.size < STATEMENTS) lane.statements.set(text, statement);
  return statement;
}

type Values = Readonly<Record<string, DuckDBValue>>;

/** The lane with the shortest queue. */
function shortest({ lanes }: Opened): Lane {
  const waits = ({ turn }: Lane): number => turn.activeCount + turn.pendingCount;
  return lanes.reduce((best, other) => (waits(other) < waits(best) ? other : best));
}

/** The background lane, once no request is waiting or after a second: under load, precomputation saves the most. */
async function aside({ lanes, aside: lane }: Opened): Promise<Lane> {
  const until = performance.now() + 1000;
  while (performance.now() < until && lanes.some(({ turn }) => turn.activeCount > 0))
    await sleep(5);
  return lane;
}

/** Runs a bound statement when it is its turn in the lane. */
function onLane<T>(
  lane: Lane,
  text: string,
  values: Values,
  run: (statement: DuckDBPreparedStatement) => Promise<T>,
): Promise<T> {
  return lane.turn(async () => {
    const statement = await statementOf(lane, text);
    statement.bind({ ...values });
    return run(statement);
  });
}

/** A result by columns: values by column name, 64-bit integers as bigint. */
export interface ColumnarResult {
  /** Rows. */
  readonly count: number;
  readonly values: Readonly<Record<string, readonly JS[]>>;
}

/** A result sorted by its first column, a text, from which slices are taken. */
export interface Parted {
  /** Rows. */
  readonly count: number;
  /** The rows with this value in the first column. */
  part(of: string): ColumnarResult;
}

/**
 * Values are read chunk by chunk, yielding to other work after each: results for all counties have up to some ten
 * thousand rows. The database's own memory for a result does not outlive its file.
 */
async function partedBy(statement: DuckDBPreparedStatement): Promise<Parted> {
  const result = await statement.run();
  const names = result.deduplicatedColumnNames();
  const columns = names.map((): JS[] => []);
  /** Names and months repeat in every chunk; each is stored once. */
  const texts = new Map<string, string>();
  const once = (text: string): string => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  for await (const chunk of result) {
    for (const [index, column] of columns.entries())
      for (const value of chunk.getColumnValues(index) as JS[])
        column.push(typeof value === 'string' ? once(value) : value);
    await nextTurn();
  }
  const [of = []] = columns;
  /** The first row at or after `from` whose text is not smaller (lower bound). */
  const firstFrom = (from: number, isBefore: (here: string) => boolean): number => {
    let [low, high] = [from, of.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(of[middle] as string)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    count: of.length,
    part(text) {
      const from = firstFrom(0, (here) => here < text);
      const to = firstFrom(from, (here) => here <= text);
      const cut = names.map((name, index) => [name, columns[index]?.slice(from, to) ?? []]);
      return { count: to - from, values: Object.fromEntries(cut) as ColumnarResult['values'] };
    },
  };
}

export interface Published {
  /**
   * Runs one SELECT with bound values.
   * @throws MonitorError `not-published` before anything was published
   */
  rows<T>(text: string, values?: Values): Promise<T[]>;
  /** The same by columns, without an object per row. */
  columns(text: string, values?: Values): Promise<ColumnarResult>;
  /** The same for a result sorted by its first column, run in the background lane. */
  parted(text: string, values?: Values): Promise<Parted>;
  /** Changes when the file is replaced; empty before anything was published. */
  version(): string;
  /** Lets running queries finish and refuses others. */
  close(): void;
}

/** A reader that follows the file: after a replacement the next query opens the new one. */
export function openPublished(home: Home): Published {
  const path = publishedFile(home);
  let opened: Promise<Opened> | undefined;
  let old: Opened[] = [];
  const current = async (): Promise<Opened> => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined)
      throw new MonitorError('not-published', 'nothing has been published yet', {
        severity: 'retry',
        fix: 'doudi run --month YYYY-MM --inbox DIR',
      });
    const before = await opened?.catch(() => undefined);
    if (before?.inode === stat.ino && before.changed === stat.mtimeMs) return before;
    if (before !== undefined) old.push(before);
    opened = open(path, stat.ino, stat.mtimeMs);
    return opened;
  };
  const shut = ({ lanes, aside, instance }: Opened): void => {
    for (const { connection, statements } of [...lanes, aside]) {
      for (const statement of statements.values()) statement.destroySync();
      connection.closeSync();
    }
    instance.closeSync();
  };
  let busy = 0;
  let closed = false;
  const close = (): void => {
    void opened?.then(shut, () => undefined);
    opened = undefined;
  };
  const ended = (): void => {
    busy -= 1;
    if (busy > 0) return;
    // Replaced files are closed once nobody reads them.
    old.forEach(shut);
    old = [];
    if (closed) close();
  };
  const read = async <T>(work: (opened: Opened) => Promise<T>): Promise<T> => {
    if (closed)
      throw new MonitorError('not-published', 'the reader of the published figures is closed', {
        severity: 'retry',
      });
    busy += 1;
    try {
      return await work(await current());
    } finally {
      ended();
    }
  };
  const readAll = (text: string, values: Values): Promise<DuckDBResultReader> =>
    read((file) => onLane(shortest(file), text, values, (query) => query.runAndReadAll()));
  return {
    async rows<T>(text: string, values: Values = {}) {
      return (await readAll(text, values)).getRowObjectsJson() as T[];
    },
    async columns(text, values = {}) {
      const reader = await readAll(text, values);
      return { count: reader.currentRowCount, values: reader.getColumnsObjectJS() };
    },
    parted(text, values = {}) {
      return read(async (file) => onLane(await aside(file), text, values, partedBy));
    },
    version() {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat === undefined ? '' : `${stat.ino} ${stat.mtimeMs}`;
    },
    close() {
      closed = true;
      if (busy === 0) close();
    },
  };
}
