/**
 * The canonical dump: the ledger's content, independent of when and in which order it was written. Two ledgers with
 * the same content have the same digest. Instants, journal numbers and the times of steps are left out.
 */
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { fileDigests, sm3 } from '../core/hash.ts';
import { identifier, literal, type Sql } from './sql.ts';

/** Each table's rows in force: of records that replace each other only the last. */
const TABLES: Readonly<Record<string, string>> = {
  extract_version: 'SELECT * EXCLUDE (seq, recorded_at) FROM extract_version',
  extract_refusal: 'SELECT * EXCLUDE (seq, recorded_at) FROM extract_refusal',
  extract_withdrawal: 'SELECT * EXCLUDE (seq, recorded_at) FROM extract_withdrawal',
  step_record: `SELECT month, step, fingerprint, row_count, files FROM step_record
    WHERE step NOT IN ('openLeads', 'pushLeads', 'exportLists') QUALIFY row_number() OVER (PARTITION BY month, step ORDER BY seq DESC) = 1`,
  warning: 'SELECT * FROM warning',
  not_evaluated: 'SELECT * FROM not_evaluated',
  watch_item: 'SELECT * FROM watch_item',
  segment_member: 'SELECT * FROM segment_member',
  segment_missing: 'SELECT * FROM segment_missing',
  lead: 'SELECT * EXCLUDE (seq) FROM lead',
  lead_event: 'SELECT * EXCLUDE (seq) FROM lead_event',
  lead_answer: 'SELECT * EXCLUDE (seq, recorded_at) FROM lead_answer',
  lead_report: 'SELECT * EXCLUDE (seq, recorded_at) FROM lead_report',
  case_act: 'SELECT * EXCLUDE (seq, recorded_at) FROM case_act',
  case_reminder: 'SELECT * EXCLUDE (seq, recorded_at) FROM case_reminder',
  sample_seed: 'SELECT * EXCLUDE (seq, recorded_at) FROM sample_seed',
  lead_dispatch: 'SELECT * EXCLUDE (seq) FROM lead_dispatch',
  lead_delivery: 'SELECT * EXCLUDE (seq, recorded_at) FROM lead_delivery',
  job_run: 'SELECT job, month FROM job_run',
  report_delivery:
    "SELECT DISTINCT record, origin, channel FROM report_delivery WHERE outcome = 'done'",
  month_sign_off: 'SELECT * EXCLUDE (seq, recorded_at) FROM month_sign_off',
  list_version: 'SELECT * EXCLUDE (seq) FROM list_version',
  list_acknowledgement: 'SELECT * EXCLUDE (seq, recorded_at) FROM list_acknowledgement',
  rule_backtest: 'SELECT * EXCLUDE (seq, recorded_at) FROM rule_backtest',
};

export interface Digest {
  readonly all: string;
  readonly tables: Readonly<Record<string, string>>;
}

/** @returns SM3 of every table's sorted rows, and over all of them */
export const stateHash = (sql: Sql, temporary: string): Promise<Digest> =>
  digest(sql, temporary, TABLES);

/** The same over any tables. @param selects what to digest of each, by name */
export async function digest(
  sql: Sql,
  temporary: string,
  selects: Readonly<Record<string, string>>,
): Promise<Digest> {
  const tables: Record<string, string> = {};
  for (const [name, select] of Object.entries(selects)) {
    const file = join(temporary, `dump-${name}.csv`);
    await sql.run(
      `COPY (SELECT * FROM (${select}) ${identifier(name)} ORDER BY ALL) TO ${literal(file)} (FORMAT csv, HEADER)`,
    );
    tables[name] = (await fileDigests(file, ['sm3'])).sm3;
    rmSync(file);
  }
  return { all: sm3(JSON.stringify(tables)), tables };
}
