/** Where a lead belongs: the narrowest division that is known of it. */
import { literal, type Sql } from '../core/store/sql.ts';

/** @returns code of its township, else of its county; null: there is no such lead */
export async function placeOfLead(sql: Sql, id: string): Promise<string | null> {
  const [lead] = await sql.rows<{ place: string }>(
    `SELECT coalesce(township, county) AS place FROM lead WHERE lead_id = ${literal(id)}`,
  );
  return lead?.place ?? null;
}
