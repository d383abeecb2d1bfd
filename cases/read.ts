/** Reads cases from the ledger: their actions, and what is known about their leads. */
import type { Actor, Role } from '../core/account.ts';
import type { Month } from '../core/month.ts';
import { among, literal, textList, type Sql } from '../store/sql.ts';
import { REPORTED } from '../store/projection.ts';
import type { Stage } from './stages.ts';
import type { Direction } from './state.ts';
import type { Act } from './tables.ts';
import type { Fixed } from './terms.ts';

/** The rule that represents a complaint on a card. */
export const COMPLAINT = `${REPORTED}complaint`;

export interface KnownLead {
  readonly lead_id: string;
  readonly direction: Direction;
  readonly county: string;
  readonly township: string | null;
  readonly opened_month: Month;
  /** Rules on the card that hold, including reports by people. */
  readonly rules: readonly string[];
  readonly complaint: boolean;
  /** null: not known. */
  readonly village: string | null;
}

export type StoredAct = Act & {
  readonly key: string;
  readonly body: string;
  readonly stage: Stage;
};

interface Row {
  readonly lead_id: string;
  readonly version: number;
  readonly action: string;
  readonly account: string;
  readonly role: Role;
  readonly region: string;
  readonly day: string;
  readonly form: string;
  readonly fixed: string;
  readonly key: string;
  readonly body: string;
  readonly batch: string | null;
  readonly stage: Stage;
  readonly recorded_at: string;
}

/** @returns the actions of these leads, in order within each lead */
export async function readActs(sql: Sql, ids: readonly string[]): Promise<StoredAct[]> {
  const rows = await sql.rows<Row>(`
    SELECT lead_id, version, action, account, role, region, day, form, fixed, key, body, batch, stage, recorded_at
    FROM case_act WHERE ${among('lead_id', ids)} ORDER BY lead_id, version`);
  return rows.map(({ account: name, role, region, form, fixed, recorded_at: at, ...row }) => {
    const actor: Actor = { name, role, region };
    return {
      ...row,
      actor,
      at,
      form: JSON.parse(form) as unknown,
      fixed: JSON.parse(fixed) as Fixed,
    } as StoredAct;
  });
}

/** @returns those of these leads that exist */
export function readLeads(sql: Sql, ids: readonly string[]): Promise<KnownLead[]> {
  return sql.rows<KnownLead>(`
    WITH asked AS (SELECT unnest(${textList(ids)}) AS lead_id), standing AS (
      SELECT lead_id, rule FROM (
        SELECT * FROM lead_event SEMI JOIN asked USING (lead_id)
        QUALIFY row_number() OVER (PARTITION BY lead_id, rule, person_id ORDER BY month DESC, seq DESC) = 1
      ) WHERE action = 'attached'
    ), card AS (
      SELECT lead_id, list_sort(list(DISTINCT rule)) AS rules FROM standing GROUP BY lead_id
    )
    SELECT l.lead_id, l.direction, l.county, l.township, l.opened_month, coalesce(c.rules, []::VARCHAR[]) AS rules,
      coalesce(list_contains(c.rules, ${literal(COMPLAINT)}), false) AS complaint, NULL AS village
    FROM lead l SEMI JOIN asked USING (lead_id) LEFT JOIN card c ON c.lead_id = l.lead_id`);
}

/** @returns those of these leads that have a standing answer */
export async function readAnswered(sql: Sql, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await sql.rows<{ lead_id: string }>(
    `SELECT DISTINCT lead_id FROM lead_outcome WHERE ${among('lead_id', ids)}`,
  );
  return rows.map(({ lead_id }) => lead_id);
}
