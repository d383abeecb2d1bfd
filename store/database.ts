/**
 * The one module that opens DuckDB.
 *
 * Files are opened through `fromCache`: two `create` calls on one file in one process lose commits without an
 * error (reliability notes, section 0). Right after opening comes a CHECKPOINT, so that no later statement runs
 * on a replayed WAL. Error texts of the engine may quote a person's row and never leave this module.
 */
import { availableParallelism, totalmem } from 'node:os';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { MonitorError } from '../core/errors.ts';
import { textList, type Sql } from './sql.ts';

export interface DatabaseOptions {
  readonly threads?: number;
  /** e.g. `512MB`; defaults to half of the machine's memory. */
  readonly memory?: string;
  readonly temporary?: string;
  /** When set, only files in these folders may be read and written. */
  readonly folders?: readonly string[];
}

/** One connection, with its own temporary tables and variables. */
export interface Connection extends Sql {
  /** Runs the work in one transaction; an error rolls it back. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): void;
}

export interface Database extends Connection {
  /** Another connection, for a task that runs in parallel. */
  connect(): Promise<Connection>;
}

const OUT_OF_SPACE = /no space left|disk full|could not write|failed to write|file too large/i;

/** The engine's messages for a corrupt database file; most contain `block`. */
const DAMAGED =
  /^IO Error: (Corrupt database file|The file .* is not a valid DuckDB|Could not read enough bytes from file ".*\.duckdb)/i;

const REBUILD =
  'run `doudi rebuild`: it sets the file aside and makes a new one from lake and journal';

/** A database error without its text; the text may carry the offending line. */
function translate(error: unknown): MonitorError {
  if (error instanceof MonitorError) return error;
  const text = error instanceof Error ? error.message : '';
  if (process.env['DOUDI_DEBUG'] === '1') process.stderr.write(`${text}\n`);
  if (OUT_OF_SPACE.test(text)) {
    return new MonitorError('disk-full', 'the disk is full', {
      severity: 'retry',
      fix: 'free space, then run the same command again',
    });
  }
  if (DAMAGED.test(text))
    return new MonitorError('ledger-damaged', 'a file of the database is damaged', {
      fix: REBUILD,
    });
  if (/out of memory/i.test(text)) {
    return new MonitorError('memory', 'the memory limit of the database was reached', {
      fix: 'raise DOUDI_MEMORY (e.g. 8GB) or free disk space for spilling',
    });
  }
  if (/^(Parser|Binder|Catalog|Internal|Not impl)/i.test(text)) {
    return new MonitorError('engine', 'the database rejected a statement of the program', {
      fix: 'a fault of the program, not of the data: report it with the version and the command',
    });
  }
  const kind = /^(?:\w+ )?(?:\w+) Error/.exec(text)?.[0] ?? 'Error';
  return new MonitorError('database', `the database reported: ${kind}`, {
    fix: 'run again with DOUDI_DEBUG=1 on test data to see its text',
    cause: kind,
  });
}

/** A FATAL error leaves the instance dead: the process must end and start again. */
function isFatal(error: unknown): boolean {
  return error instanceof Error && /FATAL|database has been invalidated/i.test(error.message);
}

/**
 * Prints the reason like any command-line error and exits: a dead instance must not be touched, not even to close it.
 */
function endProcess(error: unknown): never {
  const known = translate(error);
  const { message, code, fix } =
    known.code === 'disk-full' || known.code === 'ledger-damaged'
      ? known
      : {
          message: 'the database ended with a FATAL error',
          code: 'database-fatal',
          fix: 'run the same command again: the journal is replayed',
        };
  process.stderr.write(`doudi: ${message} (${code})\n       ${fix ?? ''}\n`);
  process.exit(1);
}

/** Set on every connection of the instance, whatever the machine's time zone. */
const ZONE = "SET GLOBAL TimeZone = 'Asia/Shanghai'";

/** In a container: its limit, not the host's total. */
function halfOfMemory(): string {
  const allowed = process.constrainedMemory();
  const bytes = allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
  return `${Math.floor(bytes / 2 ** 21)}MB`;
}

/** What an instance is created with. */
function instanceSettings(options: DatabaseOptions): Record<string, string> {
  const threads =
    options.threads ?? (Number(process.env['DOUDI_THREADS']) || availableParallelism());
  return {
    threads: String(threads),
    memory_limit: options.memory ?? process.env['DOUDI_MEMORY'] ?? halfOfMemory(),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(options.temporary === undefined ? {} : { temp_directory: options.temporary }),
  };
}

/** What can only be set once a connection is there. */
async function settings(connection: DuckDBConnection, options: DatabaseOptions): Promise<void> {
  const statements = [
    ZONE,
    ...(options.folders === undefined
      ? []
      : [
          `SET allowed_directories = ${textList(options.folders.map((f) => `${f}/`))}`,
          'SET enable_external_access = false',
        ]),
  ];
  for (const statement of statements) await connection.run(statement);
}

function wrap(connection: DuckDBConnection): Connection {
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (isFatal(error)) endProcess(error);
      throw translate(error);
    }
  };
  const sql: Sql = {
    run: (text) =>
      guard(async () => {
        await connection.run(text);
      }),
    rows: <T>(text: string) =>
      guard(async () => (await connection.runAndReadAll(text)).getRowObjectsJson() as T[]),
    async *stream<T>(text: string) {
      try {
        const result = await connection.stream(text);
        for await (const page of result.yieldRowObjectJson()) yield page as T[];
      } catch (error) {
        throw translate(error);
      }
    },
  };
  return {
    ...sql,
    async transaction(work) {
      await sql.run('BEGIN');
      try {
        const result = await work(sql);
        await sql.run('COMMIT');
        return result;
      } catch (error) {
        await sql.run('ROLLBACK').catch(() => undefined);
        throw error;
      }
    },
    close() {
      connection.closeSync();
    },
  };
}

function own(instance: DuckDBInstance, first: DuckDBConnection): Database {
  return {
    ...wrap(first),
    async connect() {
      return wrap(await instance.connect());
    },
    close() {
      first.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * Why a database file could not be opened, from the engine's error.
 * @returns `ledger-busy` when another process holds it, `disk-full` or `machine` when the file may be intact,
 * `ledger-damaged` otherwise
 */
export function openingFault(path: string, text: string): MonitorError {
  if (text.startsWith('IO Error: Could not set lock on file')) {
    const holder = /\(PID (\d+)\)/.exec(text)?.[1];
    return new MonitorError(
      'ledger-busy',
      `the home is in use by another process${holder === undefined ? '' : ` (${holder})`}`,
      {
        severity: 'retry',
        fix: 'wait until it has finished; only one process at a time may own a home',
      },
    );
  }
  if (OUT_OF_SPACE.test(text)) return translate(new Error(text));
  const refused =
    /^IO Error: Cannot open file .*: (Permission denied|Read-only file system|Too many open files)/i;
  const [, why] = refused.exec(text) ?? [];
  if (why !== undefined)
    return new MonitorError('machine', `${path} cannot be opened: ${why.toLowerCase()}`, {
      severity: 'retry',
      fix: 'check who owns the home, how its disk is mounted, and the limit of open files',
    });
  return new MonitorError('ledger-damaged', `${path} cannot be opened`, { fix: REBUILD });
}

/**
 * Opens the ledger's file as its only owner.
 * @throws MonitorError as `openingFault` says; `ledger-damaged` also when the damage shows right after.
 * After any of them the process must end: opening again in the same process corrupts the heap (node-neo #393).
 */
export async function openDatabase(path: string, options: DatabaseOptions = {}): Promise<Database> {
  let instance: DuckDBInstance;
  try {
    // Bitpacked blocks have been seen unreadable after a checkpoint (duckdb #22823): do not write them.
    instance = await DuckDBInstance.fromCache(path, {
      ...instanceSettings(options),
      disabled_compression_methods: 'bitpacking',
    });
  } catch (error) {
    throw openingFault(path, error instanceof Error ? error.message : '');
  }
  const connection = await instance.connect();
  try {
    await connection.run('CHECKPOINT');
    await settings(connection, options);
    // Every query that needs an order states it.
    await connection.run('SET preserve_insertion_order = false');
  } catch (error) {
    throw translate(error);
  }
  return own(instance, connection);
}

/** Runs `work` on a temporary in-memory database. Keeps the row order of files. */
export async function withScratch<T>(
  options: DatabaseOptions,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', instanceSettings(options));
  const connection = await instance.connect();
  const database = own(instance, connection);
  try {
    await settings(connection, options);
    return await work(database);
  } finally {
    database.close();
  }
}
