/** The folder of one deployment: it holds the ledger, lake, journal, decisions and work files. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Month } from './month.ts';

export interface Home {
  readonly root: string;
  readonly ledger: string;
  readonly journal: string;
  readonly lake: string;
  /** Bulk decisions of runs: immutable files that the journal names by digest. */
  readonly decisions: string;
  /** Roster and profile of each month: derived, can be deleted at any time. */
  readonly work: string;
  /** Unfinished files of the running process; emptied at every start. */
  readonly temporary: string;
}

/** Creates missing folders. Owner-only: they hold sensitive data (GB/T 45574). */
export function openHome(path: string): Home {
  const root = resolve(path);
  const home: Home = {
    root,
    ledger: join(root, 'doudi.duckdb'),
    journal: join(root, 'journal.jsonl'),
    lake: join(root, 'lake'),
    decisions: join(root, 'decisions'),
    work: join(root, 'work'),
    temporary: join(root, 'tmp'),
  };
  for (const folder of [root, home.lake, home.decisions, home.work, home.temporary]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  return home;
}

export function workFile(home: Home, month: Month, name: string): string {
  return join(home.work, month, `${name}.parquet`);
}
