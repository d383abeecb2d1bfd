/** Place of a lead: the narrowest known division. */
import { literal, type Sql } from '../../store/sql.ts';

/** @returns code of its township, else of its county, as its case now has them; null: no such lead */
export async function placeOfLead(sql: Sql, id: string): Promise<string | null> {
  const [lead] = await sql.rows<{ place: string }>(
    `SELECT coalesce(a.township, a.county, l.township, l.county) AS place FROM lead l
     LEFT JOIN (SELECT lead_id, arg_max(township, version) AS township, arg_max(county, version) AS county FROM case_act
       WHERE lead_id = ${literal(id)} GROUP BY lead_id) a USING (lead_id) WHERE lead_id = ${literal(id)}`,
  );
  return lead?.place ?? null;
}
