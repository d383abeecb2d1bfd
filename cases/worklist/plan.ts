/**
 * A township's monthly plan: how many homes it can visit, which come first, and what is carried over. A township
 * has one clerk and a visit costs half a day; villages with few leads, which a tour never passes, get a reserved
 * share of the visits.
 */
import type { Month } from '../../core/month.ts';
import { addMonths, firstDay, lastDay } from '../../core/month.ts';
import { literal, type Sql } from '../../store/sql.ts';
import { localityAt } from '../../warnings/calculators/locality.ts';
import type { FigureName } from '../../warnings/figure-names.ts';
import type { Deployment } from '../../warnings/deployment.ts';

export interface PlannedVisit {
  readonly lead_id: string;
  readonly village: string | null;
  readonly priority: number;
  readonly due: string | null;
  /** Opened in an earlier month and not yet visited. */
  readonly carried: boolean;
  readonly far: boolean;
  /** Fits within this month's capacity. */
  readonly planned: boolean;
}

export interface VisitPlan {
  readonly month: string;
  /** Homes the township can visit in a month. */
  readonly capacity: number;
  /** Visits made so far this month. */
  readonly visited: number;
  /** Visits reserved for far villages. */
  readonly kept_for_far: number;
  /** Leads without a visit, and how many of them carry over into next month. */
  readonly owed: number;
  readonly carried_over: number;
  readonly visits: readonly PlannedVisit[];
}

/**
 * The visits a township owes in a month, those within its capacity first; figures: `visit-capacity-month`,
 * `far-village-share`, `far-village-homes`.
 * @param sql reads `worklist.card`
 * @param township 9-digit code
 */
export async function planOf(
  sql: Sql,
  { rules, divisions }: Pick<Deployment, 'rules' | 'divisions'>,
  township: string,
  month: Month,
): Promise<VisitPlan> {
  const here = localityAt(rules.parameters, divisions, township.slice(0, 6), lastDay(month));
  const figure = (name: FigureName): number => here.number(name)?.value ?? 0;
  const capacity = figure('visit-capacity-month');
  const [made] = await sql.rows<{ visited: number }>(`
    SELECT count(DISTINCT lead_id)::INTEGER AS visited FROM case_act
    WHERE action = 'visit' AND township = ${literal(township)} AND day BETWEEN ${literal(firstDay(month))} AND ${literal(lastDay(month))}`);
  const visited = made?.visited ?? 0;
  const left = Math.max(capacity - visited, 0);
  const kept = Math.min(Math.ceil(capacity * figure('far-village-share')), left);
  const visits = await sql.rows<PlannedVisit>(`
    WITH owed AS (
      SELECT lead_id, village, priority, score, due, opened_month < ${literal(month)} AS carried,
        village IS NOT NULL AND count(*) OVER (PARTITION BY village) <= ${figure('far-village-homes')} AS far
      FROM worklist.card WHERE township = ${literal(township)} AND stage IN ('dispatched', 'taken') AND opened_month < ${literal(addMonths(month, 1))}
    ), turn AS (
      SELECT *, row_number() OVER (PARTITION BY far ORDER BY priority, due NULLS LAST, score DESC, lead_id) AS among FROM owed
    ), ranked AS (
      SELECT *, row_number() OVER (ORDER BY far AND among <= ${kept} DESC, priority, due NULLS LAST, score DESC, lead_id) AS place FROM turn
    )
    SELECT lead_id, village, priority, due, carried, far, place <= ${left} AS planned FROM ranked
    ORDER BY NOT planned, village NULLS LAST, priority, due NULLS LAST, lead_id`);
  return {
    month,
    capacity,
    visited,
    kept_for_far: kept,
    owed: visits.length,
    carried_over: visits.filter(({ planned }) => !planned).length,
    visits,
  };
}
