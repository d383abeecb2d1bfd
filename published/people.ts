/**
 * Persons by programme, month and county. Counting reads the extracts, which are large and never change, so counts
 * in the current file for the same extracts are reused.
 */
import type { Month } from '../core/month.ts';
import { standingVersions, type Standing } from '../store/lake.ts';
import { copyPublished } from '../store/published.ts';
import { literal, parquet } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { ASSISTANCE, MONITORED } from '../exchange/shared/list.ts';

/**
 * Programme codes of the contract, and two more: `monitored` (open risk) and `low_income` (any active or grace row
 * except temporary aid, or open risk; contracts.md section 3). A person counts once in each that applies.
 */
function countOf(assistance: Standing, monitored: Standing | undefined): string {
  const aid = `SELECT person_id, county, programme FROM ${parquet(assistance.path)} WHERE status IN ('active', 'grace')`;
  const open =
    monitored === undefined
      ? ''
      : `UNION ALL SELECT person_id, county, 'monitored' FROM ${parquet(monitored.path)} WHERE risk = 'open'`;
  return `WITH person AS (${aid} ${open})
    SELECT county, programme, count(DISTINCT person_id)::BIGINT AS persons FROM person GROUP BY ALL
    UNION ALL
    SELECT county, 'low_income', count(DISTINCT person_id)::BIGINT FROM person WHERE programme <> 'temporary_aid' GROUP BY ALL`;
}

/** Fills the temporary table `person_month` (month, county, programme, persons, extract). */
export async function countPersons(store: Store, newest: Month): Promise<void> {
  const { sql, home } = store;
  await sql.run(
    `CREATE OR REPLACE TEMP TABLE person_month
     (month VARCHAR, county VARCHAR, programme VARCHAR, persons BIGINT, extract VARCHAR)`,
  );
  const known = await copyPublished(sql, home, 'person_month', 'person_before');
  const standing = await standingVersions(store, newest);
  for (const assistance of standing.filter(({ source }) => source === ASSISTANCE)) {
    const { month } = assistance;
    const monitored = standing.find((one) => one.source === MONITORED && one.month === month);
    const extract = `${assistance.lake_sha256} ${monitored?.lake_sha256 ?? ''}`;
    const same = known
      ? await sql.rows(
          `SELECT 1 AS there FROM person_before WHERE month = ${literal(month)} AND extract = ${literal(extract)} LIMIT 1`,
        )
      : [];
    await sql.run(
      same.length > 0
        ? `INSERT INTO person_month SELECT * FROM person_before WHERE month = ${literal(month)}`
        : `INSERT INTO person_month SELECT ${literal(month)}, county, programme, persons, ${literal(extract)}
           FROM (${countOf(assistance, monitored)})`,
    );
  }
}
