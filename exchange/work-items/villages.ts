/** The subject `village`: who has reported for the month, zero reports included. */
import { readFileSync } from 'node:fs';
import { parquet } from '../../store/sql.ts';
import type { Standing } from '../../store/lake.ts';
import type { WorkQuestion } from './asked.ts';

const SQL = readFileSync(new URL('villages.sql', import.meta.url), 'utf8');

/**
 * Fills `work_village`.
 * @param reports the month's extract of village reports; undefined: missing, and no village is judged
 */
export async function fillVillages(
  { store }: WorkQuestion,
  reports: Standing | undefined,
): Promise<void> {
  if (reports === undefined) return;
  await store.sql
    .run(`CREATE OR REPLACE TEMP VIEW work_report AS SELECT village, reported_on FROM ${parquet(reports.path)};
    ${SQL}`);
}
