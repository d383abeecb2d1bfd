/** A home's history: months that were run, sources that ever delivered. */
import { isMonth, type Month } from '../core/month.ts';
import type { Sql } from './sql.ts';

/** Months whose rules were evaluated, ascending. */
export async function monthsRun(sql: Sql): Promise<Month[]> {
  const rows = await sql.rows<{ month: string }>(
    "SELECT DISTINCT month FROM step_record WHERE step = 'warn' ORDER BY month",
  );
  return rows.map(({ month }) => month).filter(isMonth);
}

/** `agency/dataset` of every extract ever accepted. */
export async function sourcesEver(sql: Sql): Promise<ReadonlySet<string>> {
  const rows = await sql.rows<{ source: string }>(
    "SELECT DISTINCT agency || '/' || dataset AS source FROM extract_version",
  );
  return new Set(rows.map(({ source }) => source));
}
