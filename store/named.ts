/** The immutable files named by a home's journal. */
import type { Home } from '../core/home.ts';
import type { JournalRecord } from './journal.ts';
import { lakeFile } from './lake.ts';
import { decisionFile } from './projection.ts';

/** @returns path and SHA-256 of every file in lake and decisions that the records name */
export function filesNamedBy(
  home: Home,
  records: readonly JournalRecord[],
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { type, data } of records) {
    if (type === 'extract.registered')
      files.set(lakeFile(home, data, data.version), data.lake_sha256);
    if (type === 'step.done')
      for (const digest of Object.values(data.files)) files.set(decisionFile(home, digest), digest);
  }
  return files;
}
