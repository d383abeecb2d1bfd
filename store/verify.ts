/**
 * Checks a home: the journal's chain, every file that it names, uniqueness, the audit's chain, the secrets, and that a
 * ledger rebuilt from lake and journal equals the one in use.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileDigests } from '../core/hash.ts';
import { auditFaults } from './audit/chain.ts';
import { openDatabase } from './database.ts';
import { stateHash } from './dump.ts';
import { readJournal, type JournalRecord } from './journal.ts';
import { migrate } from './migrate.ts';
import { filesNamedBy } from './named.ts';
import { project } from './projection.ts';
import { secretFaults } from './accounts/secrets.ts';
import type { Store } from './store.ts';

export interface Verification {
  readonly ok: boolean;
  readonly records: number;
  readonly files: number;
  readonly state: string;
  /** Faults, one sentence each. */
  readonly faults: readonly string[];
}

/** Queries that count violations. */
const NEVER: Readonly<Record<string, string>> = {
  'two rows for one version of an extract':
    'SELECT 1 FROM extract_version GROUP BY agency, dataset, month, version HAVING count(*) > 1',
  'the same bytes registered twice':
    'SELECT 1 FROM extract_version GROUP BY agency, dataset, month, sha256 HAVING count(*) > 1',
  'a withdrawal of a version that does not exist':
    'SELECT 1 FROM extract_withdrawal ANTI JOIN extract_version USING (agency, dataset, month, version)',
  'a warning doubled':
    'SELECT 1 FROM warning GROUP BY month, rule, person_id, household_id HAVING count(*) > 1',
  'a home twice in one segment':
    'SELECT 1 FROM segment_member GROUP BY month, segment, household_id HAVING count(*) > 1',
  'a lead doubled': 'SELECT 1 FROM lead GROUP BY lead_id HAVING count(*) > 1',
  'two open leads of one home and direction': `SELECT 1 FROM lead ANTI JOIN lead_outcome USING (lead_id) GROUP BY direction, household_id, person_id HAVING count(*) > 1`,
  'an event without its lead': 'SELECT 1 FROM lead_event ANTI JOIN lead USING (lead_id)',
  'an outcome without its lead': 'SELECT 1 FROM lead_outcome ANTI JOIN lead USING (lead_id)',
  'two answers to one lead': 'SELECT 1 FROM lead_outcome GROUP BY lead_id HAVING count(*) > 1',
  'an action on a case twice':
    'SELECT 1 FROM case_act GROUP BY lead_id, version HAVING count(*) > 1',
  'a case with an action missing':
    'SELECT 1 FROM case_act GROUP BY lead_id HAVING max(version) <> count(*)',
  'a case without its lead': 'SELECT 1 FROM case_act ANTI JOIN lead USING (lead_id)',
  'a reminder twice':
    'SELECT 1 FROM case_reminder GROUP BY lead_id, clock, due, level, county HAVING count(*) > 1',
  'two seeds of one sample': 'SELECT 1 FROM sample_seed GROUP BY county, month HAVING count(*) > 1',
  'a lead without a warning': `SELECT 1 FROM lead ANTI JOIN (SELECT lead_id FROM lead_event WHERE action = 'attached') USING (lead_id)`,
  // An earlier month run later adds its row before an existing one, which then has the smaller number.
  'a warning attached twice running': `SELECT 1 FROM (
    SELECT action, seq, lag(action) OVER w AS before, lag(seq) OVER w AS before_seq FROM lead_event
    WINDOW w AS (PARTITION BY lead_id, rule, person_id ORDER BY month, seq)
  ) WHERE action = before AND before_seq < seq`,
  'a lead sent on its way twice':
    'SELECT 1 FROM lead_dispatch GROUP BY lead_id HAVING count(*) > 1',
  'a lead sent on its way that does not exist':
    'SELECT 1 FROM lead_dispatch ANTI JOIN lead USING (lead_id)',
  'a lead delivered twice': `SELECT 1 FROM lead_delivery WHERE outcome = 'done' GROUP BY lead_id, channel HAVING count(*) > 1`,
  'a lead delivered that was never sent on its way':
    'SELECT 1 FROM lead_delivery ANTI JOIN lead_dispatch USING (lead_id, county)',
  'a job done twice for one month': 'SELECT 1 FROM job_run GROUP BY job, month HAVING count(*) > 1',
  'a report delivered twice': `SELECT 1 FROM report_delivery WHERE outcome = 'done' GROUP BY record, origin, channel HAVING count(*) > 1`,
  'two lists of one version':
    'SELECT 1 FROM list_version GROUP BY month, list, county, recipient, version HAVING count(*) > 1',
  'a list acknowledged that never went out':
    'SELECT 1 FROM list_acknowledgement ANTI JOIN list_version USING (month, list, county, recipient, version)',
  'a list acknowledged twice':
    'SELECT 1 FROM list_acknowledgement GROUP BY month, list, county, recipient, version HAVING count(*) > 1',
  'a journal number twice': 'SELECT 1 FROM position GROUP BY seq HAVING count(*) > 1',
};

/** @param onProgress files done and in total */
export async function verify(
  store: Store,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Verification> {
  const { home, sql } = store;
  const faults: string[] = [];
  // Both read the same moment: the transaction keeps the ledger as it was while others go on working.
  const { records } = await store.alone(async () => {
    await sql.run('BEGIN');
    await sql.rows('SELECT 1 FROM position LIMIT 1');
    return readJournal(home.journal);
  });
  try {
    return await compare(store, records, faults, onProgress);
  } finally {
    await sql.run('COMMIT');
  }
}

async function compare(
  { home, sql }: Store,
  records: readonly JournalRecord[],
  faults: string[],
  onProgress: (done: number, total: number) => void,
): Promise<Verification> {
  const files = filesNamedBy(home, records);
  let done = 0;
  for (const [path, digest] of files) {
    const short = path.slice(home.root.length + 1);
    if (!existsSync(path)) faults.push(`${short} is missing`);
    else if ((await fileDigests(path, ['sha256'])).sha256 !== digest)
      faults.push(`${short} is not the file that was registered`);
    done += 1;
    onProgress(done, files.size);
  }
  for (const [what, query] of Object.entries(NEVER)) {
    const found = await sql.rows(`SELECT 1 AS found FROM (${query}) LIMIT 1`);
    if (found.length > 0) faults.push(`ledger: ${what}`);
  }
  const [position] = await sql.rows<{ seq: number }>(
    'SELECT coalesce(max(seq), 0)::INTEGER AS seq FROM position',
  );
  if (position?.seq !== records.length)
    faults.push(`the ledger is at ${position?.seq ?? 0}, the journal at ${records.length}`);
  const accounts = await sql.rows<{ name: string }>('SELECT DISTINCT name FROM account');
  faults.push(
    ...secretFaults(
      home,
      accounts.map(({ name }) => name),
    ),
    ...auditFaults(home),
  );
  const state = await stateHash(sql, home.temporary);
  if (faults.length === 0) {
    const path = join(home.temporary, 'verify.duckdb');
    const anew = await openDatabase(path, { temporary: home.temporary, folders: [home.root] });
    try {
      await migrate(anew);
      for (const record of records) await anew.transaction((inner) => project(inner, record, home));
      const other = await stateHash(anew, home.temporary);
      for (const [table, hash] of Object.entries(state.tables)) {
        if (other.tables[table] !== hash)
          faults.push(`ledger table ${table} is not what lake and journal make of it`);
      }
    } finally {
      anew.close();
    }
  }
  return {
    ok: faults.length === 0,
    records: records.length,
    files: files.size,
    state: state.all,
    faults,
  };
}
