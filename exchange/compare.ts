/** Compares two versions of a list. */
import { literal, type Sql } from '../store/sql.ts';
import type { ListDifference } from './manifest.ts';

/** Each row of a list with its whole content as one text, because two versions may have different columns. */
function rowsOf(path: string): string {
  return `SELECT person_id, o::VARCHAR AS content FROM read_csv(${literal(path)}, header = true, all_varchar = true,
    delim = ',', quote = '"', escape = '"', strict_mode = true) o`;
}

export async function compare(sql: Sql, before: string, now: string): Promise<ListDifference> {
  const [difference] = await sql.rows<ListDifference>(`
    WITH earlier AS MATERIALIZED (${rowsOf(before)}), later AS MATERIALIZED (${rowsOf(now)}),
    came AS (SELECT person_id, count(*) AS n FROM (FROM later EXCEPT FROM earlier) GROUP BY person_id),
    went AS (SELECT person_id, count(*) AS n FROM (FROM earlier EXCEPT FROM later) GROUP BY person_id)
    SELECT coalesce(sum(c - least(c, w)), 0)::INTEGER AS added, coalesce(sum(w - least(c, w)), 0)::INTEGER AS removed,
      coalesce(sum(least(c, w)), 0)::INTEGER AS changed
    FROM (SELECT coalesce(came.n, 0) AS c, coalesce(went.n, 0) AS w FROM came FULL JOIN went USING (person_id))`);
  return difference ?? { added: 0, removed: 0, changed: 0 };
}
