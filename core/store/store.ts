/**
 * One home, opened: lake, journal and ledger together. Journal before ledger; at boot the two are compared and
 * what the ledger lacks is replayed.
 */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { MonitorError } from '../errors.ts';
import { failpoint } from '../failpoint.ts';
import { fileDigests } from '../hash.ts';
import type { Home } from '../home.ts';
import { openDatabase, type Database } from './database.ts';
import { settle } from './files.ts';
import { Journal, type JournalRecord } from './journal.ts';
import { migrate } from './migrate.ts';
import { decisionFile, project } from './projection.ts';
import type { JournalData, JournalType } from './records.ts';
import { literal, type Sql } from './sql.ts';

export interface Store {
  readonly home: Home;
  readonly clock: Clock;
  /** For reading, and for temporary tables of a step. */
  readonly sql: Sql;
  readonly records: readonly JournalRecord[];
  /** Writes the decision to the journal, then to the ledger; returns when both are done. */
  commit<T extends JournalType>(type: T, data: JournalData[T]): Promise<void>;
  /** Writes the rows of a SELECT as an immutable file of `decisions/`; returns its digest, which is its name. */
  decide(select: string): Promise<string>;
  close(): Promise<void>;
}

async function standing(database: Database): Promise<{ seq: number; hash: string | null }> {
  const [row] = await database.rows<{ seq: number; hash: string }>(
    'SELECT seq::INTEGER AS seq, hash FROM position ORDER BY seq DESC LIMIT 1',
  );
  return row ?? { seq: 0, hash: null };
}

/** Brings the ledger up to the journal. @throws MonitorError `journal-behind` when the ledger knows more than the journal. */
async function replay(database: Database, journal: Journal, home: Home): Promise<void> {
  const { seq, hash } = await standing(database);
  const known = journal.records[seq - 1];
  if (seq > 0 && known?.hash !== hash) {
    throw new MonitorError(
      'journal-behind',
      `the ledger stands at journal number ${seq}, the journal ends at or differs before ${journal.head.seq}`,
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
  for (const name of readdirSync(home.temporary))
    rmSync(join(home.temporary, name), { recursive: true, force: true });
  await migrate(database);
  const journal = new Journal(home.journal);
  await replay(database, journal, home);
  let number = 0;
  return {
    home,
    clock,
    sql: database,
    records: journal.records,
    async commit(type, data) {
      const record = journal.append(type, data, clock.now().toISOString());
      failpoint('ledger-before-commit');
      await database.transaction((sql) => project(sql, record, home));
      failpoint('ledger-after-commit');
    },
    async decide(select) {
      number += 1;
      const draft = join(home.temporary, `decision-${process.pid}-${number}.parquet`);
      await database.run(
        `COPY (${select}) TO ${literal(draft)} (FORMAT parquet, COMPRESSION zstd)`,
      );
      const { sha256 } = await fileDigests(draft, ['sha256']);
      settle(draft, decisionFile(home, sha256));
      failpoint('decision-after-settle');
      return sha256;
    },
    async close() {
      await database.run('CHECKPOINT');
      database.close();
      journal.close();
    },
  };
}

/** Sets a damaged ledger aside; the next opening makes a new one from lake and journal. */
export function setLedgerAside(home: Home, suffix: string): void {
  for (const path of [home.ledger, `${home.ledger}.wal`]) {
    if (existsSync(path)) renameSync(path, `${path}.${suffix}`);
  }
}
