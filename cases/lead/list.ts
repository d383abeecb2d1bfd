/** The cards of a month, as rows for the command line and, later, for pages and queues. */
import { readFileSync } from 'node:fs';
import type { Month } from '../../core/month.ts';
import { hexOf, literal, type Sql } from '../../store/sql.ts';

/** The SELECT of a month's cards; set the variable `month` first. */
export const leadsOfMonth = readFileSync(new URL('list.sql', import.meta.url), 'utf8');

export interface LeadRow {
  readonly lead_id: string;
  readonly direction: string;
  readonly household_id: string | null;
  readonly person_id: string | null;
  readonly county: string;
  readonly township: string | null;
  readonly opened_month: string;
  readonly status: string;
  readonly priority: number;
  readonly rules: string;
}

/**
 * @param more extra columns and the relation that provides them; default: the cards alone
 * @returns pages of cards, most urgent first; ids as 32 hex digits
 */
export async function* streamLeads(
  sql: Sql,
  month: Month,
  county: string | null,
  more: { readonly columns: string; readonly from: string } | null = null,
): AsyncGenerator<LeadRow[]> {
  await sql.run(`SET VARIABLE month = ${literal(month)}`);
  const only = county === null ? '' : `WHERE county = ${literal(county)}`;
  yield* sql.stream<LeadRow>(`SELECT lead_id, direction, ${hexOf('household_id')} AS household_id,
    ${hexOf('person_id')} AS person_id, county, township, opened_month, status, priority, rules${more === null ? '' : `, ${more.columns}`}
    FROM (${more?.from ?? leadsOfMonth}) ${only} ORDER BY status <> 'open', priority, county, lead_id`);
}
