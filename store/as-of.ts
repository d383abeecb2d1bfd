/**
 * A home as it was: the journal up to an instant, and links to the files that it names. It is opened like any other, so
 * every query and command works on the past; whatever is written there is discarded with it. Nothing is read from the
 * current ledger.
 */
import { linkSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { MonitorError } from '../core/errors.ts';
import { openHome, type Home } from '../core/home.ts';
import { copyRecords, readJournal, type JournalRecord } from './journal.ts';
import { filesNamedBy } from './named.ts';
import { openStore, type Store } from './store.ts';

/** The journal as anyone would have read it at that instant. */
function recordsUntil(records: readonly JournalRecord[], instant: Date): readonly JournalRecord[] {
  const later = records.findIndex(({ at }) => new Date(at) > instant);
  return later === -1 ? records : records.slice(0, later);
}

function link(home: Home, root: string, records: readonly JournalRecord[]): void {
  for (const [file] of filesNamedBy(home, records)) {
    const to = join(root, relative(home.root, file));
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    try {
      linkSync(file, to);
    } catch (cause) {
      throw new MonitorError('lake-damaged', 'a file that was known then is not there any more', {
        fix: '`doudi verify` names it; put it back from a backup',
        cause,
      });
    }
  }
}

/**
 * Runs `work` in the home as it was at an instant.
 * @param home the current home; must be held by this process, or another may sweep its temporary files
 * @throws MonitorError `as-of` when the journal was still empty, `lake-damaged`
 */
export async function withHomeAsOf<T>(
  home: Home,
  instant: Date,
  clock: Clock,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const records = recordsUntil(readJournal(home.journal).records, instant);
  if (records.length === 0)
    throw new MonitorError('as-of', `nothing was known on ${instant.toISOString()}`, {
      fix: 'name a later date',
    });
  const root = mkdtempSync(join(home.temporary, 'as-of-'));
  try {
    link(home, root, records);
    const past = openHome(root);
    copyRecords(past.journal, records);
    const store = await openStore(past, clock);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
