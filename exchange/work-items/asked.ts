/** The scope of a question about the offices' work, and the relations shared by all of its subjects. */
import { readFileSync } from 'node:fs';
import { addMonths, firstDay, lastDay, type Month } from '../../core/month.ts';
import { literal } from '../../store/sql.ts';
import type { Store } from '../../store/store.ts';
import { expectedSources } from '../../warnings/expected-sources.ts';
import { sourcesEver } from '../../store/history.ts';
import type { Alarm } from '../../warnings/alarms.ts';
import type { Deployment } from '../../warnings/deployment.ts';
import { readContent, type Version } from './content.ts';

const RECEIPTS = readFileSync(new URL('receipts.sql', import.meta.url), 'utf8');

/** The parts of a deployment used to find the work. */
export type WorkDeployment = Pick<Deployment, 'contracts' | 'fieldTables' | 'rules' | 'divisions'>;

export interface WorkQuestion {
  readonly store: Store;
  readonly deployment: WorkDeployment;
  readonly month: Month;
  /** Rules with an unusual number of warnings in the month. */
  readonly alarms: readonly Alarm[];
  /** Counts what had happened by the end of this day, `YYYY-MM-DD`. */
  readonly on: string;
}

/** Fills a newly created table with rows of literals. */
export async function fill(
  { sql }: Store,
  table: string,
  columns: string,
  rows: readonly (readonly string[])[],
): Promise<void> {
  await sql.run(`CREATE OR REPLACE TEMP TABLE ${table} (${columns})`);
  if (rows.length > 0)
    await sql.run(
      `INSERT INTO ${table} VALUES ${rows.map((row) => `(${row.join(', ')})`).join(', ')}`,
    );
}

/**
 * Sets the variables `month`, `month_oldest`, `month_before`, `month_start`, `month_end` and `work_day`, creates
 * the macro `work_date` (the day of a record in China's calendar) and the temporary tables
 * - `work_county` of `county`;
 * - `work_expected` of `source, state`: the extracts the home expects;
 * - `work_version` of `source, month, version, counties, day`: versions accepted by the day that count;
 * - `work_standing` and `work_receipt`, see receipts.sql;
 * - `work_content`, see content.ts, at least for the versions current on the day and those current now.
 * @param from the oldest month whose extracts are examined
 */
export async function prepare(
  { store, deployment, month, on }: Omit<WorkQuestion, 'alarms'>,
  from: Month,
): Promise<void> {
  const { sql } = store;
  const came = await sourcesEver(sql);
  const expected = expectedSources(deployment, (source) => came.has(source)).flatMap((source) => {
    const contract = deployment.contracts.get(source);
    return contract === undefined ? [] : [[literal(source), String(contract.nature === 'state')]];
  });
  const counties = deployment.divisions.counties.map(({ code }) => [literal(code)]);
  await fill(store, 'work_county', 'county VARCHAR', counties);
  await fill(store, 'work_expected', 'source VARCHAR, state BOOLEAN', expected);
  await sql.run(`SET VARIABLE month = ${literal(month)};
    SET VARIABLE month_oldest = ${literal(from)};
    SET VARIABLE month_before = ${literal(addMonths(month, -1))};
    SET VARIABLE month_start = DATE ${literal(firstDay(month))};
    SET VARIABLE month_end = DATE ${literal(lastDay(month))};
    SET VARIABLE work_day = DATE ${literal(on)};
    CREATE OR REPLACE TEMP MACRO work_date(instant) AS (instant::TIMESTAMPTZ AT TIME ZONE 'UTC' + INTERVAL 8 HOUR)::DATE;
    CREATE OR REPLACE TEMP TABLE work_version AS
      SELECT v.agency || '/' || v.dataset AS source, v.month, v.version, v.counties, work_date(v.recorded_at) AS day
      FROM extract_version v ANTI JOIN (
        SELECT agency, dataset, month, version FROM extract_withdrawal WHERE work_date(recorded_at) <= getvariable('work_day')
        QUALIFY withdrawn AND row_number() OVER (PARTITION BY agency, dataset, month, version ORDER BY seq DESC) = 1
      ) w ON w.agency = v.agency AND w.dataset = v.dataset AND w.month = v.month AND w.version = v.version
      WHERE v.month BETWEEN ${literal(from)} AND ${literal(month)} AND work_date(v.recorded_at) <= getvariable('work_day')`);
  await sql.run(RECEIPTS);
  const versions = await sql.rows<Version>(`
    SELECT v.agency, v.dataset, v.month, v.version, v.lake_sha256 FROM extract_version v JOIN (
      SELECT source, month, max(version) AS version FROM work_version GROUP BY source, month
      UNION SELECT agency || '/' || dataset, month, version FROM extract_standing WHERE month BETWEEN ${literal(from)} AND ${literal(month)}
    ) s ON s.source = v.agency || '/' || v.dataset AND s.month = v.month AND s.version = v.version
    ORDER BY v.agency, v.dataset, v.month, v.version`);
  await readContent(store, deployment.contracts, versions);
}
