/** Determines which cards a month's warnings open, join or leave. */
import { readFileSync } from 'node:fs';
import { LEAD_ID_MACRO } from './lead-id.ts';
import type { Month } from '../../core/month.ts';
import { literal, textList, type Sql } from '../../store/sql.ts';

export interface CountyRest {
  readonly county: string;
  /** Months a home stays asleep after a negative outcome. */
  readonly sleepMonths: number;
  /** Share by which a warning's figure must grow to wake a sleeping home. */
  readonly worseShare: number;
}

export interface LeadCounts {
  readonly opened: number;
  readonly updated: number;
  readonly struck: number;
}

const text = readFileSync(new URL('open.sql', import.meta.url), 'utf8');

/**
 * Puts new cards into the temporary table `opening` and the events of all cards into `event`.
 * @param trial rules evaluated only for observation: their warnings go on no card
 */
export async function workOutLeads(
  sql: Sql,
  month: Month,
  rest: readonly CountyRest[],
  trial: readonly string[],
): Promise<LeadCounts> {
  const rows = rest.map(
    ({ county, sleepMonths, worseShare }) => `(${literal(county)}, ${sleepMonths}, ${worseShare})`,
  );
  await sql.run(`SET VARIABLE month = ${literal(month)};
    SET VARIABLE trial = ${textList(trial)};
    CREATE OR REPLACE TEMP TABLE county_rest (county VARCHAR, sleep_months INTEGER, worse_share DECIMAL(9,4));
    INSERT INTO county_rest VALUES ${rows.join(', ')};
    ${LEAD_ID_MACRO}
    ${text}`);
  const [counts] = await sql.rows<LeadCounts>(`SELECT
    (SELECT count(*)::INTEGER FROM opening) AS opened,
    (SELECT count(DISTINCT lead_id)::INTEGER FROM event WHERE action = 'attached' AND lead_id NOT IN (SELECT lead_id FROM opening)) AS updated,
    (SELECT count(DISTINCT lead_id)::INTEGER FROM event WHERE action = 'struck') AS struck`);
  return counts ?? { opened: 0, updated: 0, struck: 0 };
}
