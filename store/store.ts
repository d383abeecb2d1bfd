/**
 * An open home: lake, journal and ledger together. The journal is written before the ledger; on start-up the two are
 * compared and records missing from the ledger are replayed.
 */
import pLimit from 'p-limit';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { MonitorError } from '../core/errors.ts';
import { failpoint } from '../core/failpoint.ts';
import { fileDigests } from '../core/hash.ts';
import type { Home } from '../core/home.ts';
import { openDatabase, type Connection, type Database } from './database.ts';
import { settle } from './files.ts';
import { Journal, type JournalRecord } from './journal.ts';
import { migrate } from './migrate.ts';
import { decisionFile, project } from './projection.ts';
import type { JournalData, JournalType } from './records.ts';
import { literal, type Sql } from './sql.ts';

/** What a decision may read and write while no other is being made. */
export interface Decision {
  readonly sql: Sql;
  readonly commit: <T extends JournalType>(type: T, data: JournalData[T]) => Promise<JournalRecord>;
}

export interface Store {
  readonly home: Home;
  readonly clock: Clock;
  /** For reading, and for a step's temporary tables. Parallel tasks get one each from `task`. */
  readonly sql: Sql;
  readonly records: readonly JournalRecord[];
  /** Writes the decision to the journal, then to the ledger; resolves when both are done. */
  commit<T extends JournalType>(type: T, data: JournalData[T]): Promise<void>;
  /** Reads and commits without interleaving: what `work` has read still holds when it writes. */
  alone<T>(work: (decision: Decision) => Promise<T>): Promise<T>;
  /** Writes the rows of a SELECT as an immutable file of `decisions/`; returns its digest, which is its name. */
  decide(select: string): Promise<string>;
  /** The same store with its own connection, returned afterwards. */
  task<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** Whether the journal may hold a decision that the ledger lacks: nothing read then may be cached. */
  behind(): boolean;
  /** Whether a row can be written and read, and the ledger is up to date with the journal. */
  healthy(): Promise<boolean>;
  close(): Promise<void>;
}

async function standing(database: Connection): Promise<{ seq: number; hash: string | null }> {
  const [row] = await database.rows<{ seq: number; hash: string }>(
    'SELECT seq::INTEGER AS seq, hash FROM position ORDER BY seq DESC LIMIT 1',
  );
  return row ?? { seq: 0, hash: null };
}

/**
 * Brings the ledger up to the journal. @throws MonitorError `journal-behind` when the ledger is ahead of the journal.
 */
async function replay(database: Connection, journal: Journal, home: Home): Promise<void> {
  const { seq, hash } = await standing(database);
  const known = journal.records[seq - 1];
  if (seq > 0 && known?.hash !== hash) {
    throw new MonitorError(
      'journal-behind',
      `the ledger is at journal number ${seq}, but the journal ends at or differs before ${journal.head.seq}`,
      {
        fix: 'the journal was cut or replaced: put back the newest copy of journal.jsonl; nothing was changed',
      },
    );
  }
  for (const record of journal.records.slice(seq)) {
    await database.transaction((sql) => project(sql, record, home));
  }
}

/**
 * Opens a home as its only owner.
 * @throws MonitorError `ledger-busy`, `ledger-damaged`, `journal-damaged`, `journal-behind`
 */
export async function openStore(home: Home, clock: Clock, ledger = home.ledger): Promise<Store> {
  const database = await openDatabase(ledger, { temporary: home.temporary, folders: [home.root] });
  try {
    return await storeOver(database, home, clock);
  } catch (error) {
    database.close();
    throw error;
  }
}

async function storeOver(database: Database, home: Home, clock: Clock): Promise<Store> {
  for (const name of readdirSync(home.temporary))
    rmSync(join(home.temporary, name), { recursive: true, force: true });
  await migrate(database);
  const journal = new Journal(home.journal);
  try {
    await replay(database, journal, home);
  } catch (error) {
    journal.close();
    throw error;
  }
  const writer = await database.connect();
  // One decision at a time: DuckDB has one writer, and the journal's order is the order of decisions.
  const turn = pLimit(1);
  // A record reached the journal but not the ledger (full disk): apply it before anything newer.
  let behind = false;
  const catchUp = async (): Promise<void> => {
    if (!behind) return;
    await replay(writer, journal, home);
    behind = false;
  };
  const decision: Decision = {
    sql: writer,
    async commit(type, data) {
      await catchUp();
      behind = true;
      const record = journal.append(type, data, clock.now().toISOString());
      failpoint('ledger-before-commit');
      await writer.transaction((sql) => project(sql, record, home));
      behind = false;
      failpoint('ledger-after-commit');
      return record;
    },
  };
  let drafts = 0;
  const onConnection = (sql: Sql): Store => ({
    home,
    clock,
    sql,
    records: journal.records,
    async commit(type, data) {
      await turn(() => decision.commit(type, data));
    },
    alone: (work) =>
      turn(async () => {
        // Apply records missing from the ledger first: the work must not decide the same thing twice.
        await catchUp();
        return work(decision);
      }),
    async decide(select) {
      drafts += 1;
      const draft = join(home.temporary, `decision-${process.pid}-${drafts}.parquet`);
      await sql.run(`COPY (${select}) TO ${literal(draft)} (FORMAT parquet, COMPRESSION zstd)`);
      const { sha256 } = await fileDigests(draft, ['sha256']);
      settle(draft, decisionFile(home, sha256));
      failpoint('decision-after-settle');
      return sha256;
    },
    async task(work) {
      const connection = await database.connect();
      try {
        return await work(onConnection(connection));
      } finally {
        connection.close();
      }
    },
    behind: () => behind,
    healthy: () =>
      turn(async () => {
        await writer.run('BEGIN');
        try {
          await writer.run("INSERT INTO migration VALUES ('probe')");
          const [row] = await writer.rows<{ seq: number; written: number }>(
            `SELECT (SELECT coalesce(max(seq), 0)::INTEGER FROM position) AS seq,
              (SELECT count(*)::INTEGER FROM migration WHERE name = 'probe') AS written`,
          );
          return row?.written === 1 && row.seq === journal.head.seq;
        } finally {
          await writer.run('ROLLBACK');
        }
      }),
    async close() {
      await turn(() => writer.run('CHECKPOINT'));
      writer.close();
      database.close();
      journal.close();
    },
  });
  return onConnection(database);
}

/** Moves a damaged ledger aside; the next opening rebuilds it from lake and journal. */
export function setLedgerAside(home: Home, suffix: string): void {
  for (const path of [home.ledger, `${home.ledger}.wal`]) {
    if (existsSync(path)) renameSync(path, `${path}.${suffix}`);
  }
}
