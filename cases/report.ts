/**
 * Homes reported by people: a clerk's finding, a complaint, the hotline, an applicant at the counter (R7, R39,
 * R57). The home gets a lead like any other, or one more reason on its existing lead.
 */
import type { Actor } from '../core/account.ts';
import { shanghaiMonth } from '../core/clock.ts';
import type { LeadReported } from '../store/records.ts';
import { literal, nullable, type Sql } from '../store/sql.ts';
import type { Store } from '../store/store.ts';
import { LEAD_ID_MACRO } from './lead/lead-id.ts';
import { CaseRefused } from './refused.ts';

export const REPORT_KINDS = {
  finding: { title: '走访发现', priority: 2 },
  complaint: { title: '投诉举报', priority: 1 },
  hotline: { title: '热线转办', priority: 2 },
  application: { title: '主动申请', priority: 2 },
  emergency: { title: '急难情形', priority: 1 },
  marginal: { title: '核查发现低保边缘家庭', priority: 3 },
} as const satisfies Record<LeadReported['kind'], { title: string; priority: number }>;

export interface HomeReport {
  readonly direction: 'need' | 'exit';
  readonly household_id: string | null;
  /** Person without a home; null if household_id is set. */
  readonly person_id: string | null;
  readonly county: string;
  readonly township: string;
  readonly kind: LeadReported['kind'];
  readonly note: string;
  readonly actor: Actor;
  readonly key: string;
}

/** The id a run would give the same home in the same month. */
async function leadIdOf(
  sql: Sql,
  { direction, household_id, person_id }: HomeReport,
  month: string,
): Promise<string> {
  await sql.run(LEAD_ID_MACRO);
  const [made] = await sql.rows<{ id: string }>(
    `SELECT lead_id(${literal(direction)}, ${nullable(household_id)}::UUID, ${nullable(person_id)}::UUID, ${literal(month)}) AS id`,
  );
  return made?.id ?? '';
}

/**
 * @returns the home's current lead; `repeated` if the same report was made before
 * @throws CaseRefused `answered-this-month` if the home was answered in the same month, `elsewhere` if its lead
 * belongs to another county
 */
export async function reportHome(
  store: Store,
  report: HomeReport,
): Promise<{ readonly lead_id: string; readonly opened: boolean; readonly repeated: boolean }> {
  const { direction, household_id, person_id, county, township, kind, note, actor, key } = report;
  const month = shanghaiMonth(store.clock);
  return store.alone(async ({ sql, commit }) => {
    const [before] = await sql.rows<{ lead_id: string }>(
      `SELECT lead_id FROM lead_report WHERE account = ${literal(actor.name)} AND key = ${literal(key)}`,
    );
    if (before !== undefined) return { lead_id: before.lead_id, opened: false, repeated: true };
    const home =
      household_id === null
        ? `household_id IS NULL AND person_id = ${literal(person_id ?? '')}::UUID`
        : `household_id = ${literal(household_id)}::UUID`;
    const [open] = await sql.rows<{ lead_id: string; county: string }>(`
      SELECT lead_id, county FROM lead ANTI JOIN lead_outcome USING (lead_id)
      WHERE direction = ${literal(direction)} AND ${home} LIMIT 1`);
    if (open !== undefined && open.county !== county)
      throw new CaseRefused(
        'elsewhere',
        'this home has an open lead in another county',
        '该家庭在其他县已有在办线索',
      );
    const lead_id = open?.lead_id ?? (await leadIdOf(sql, report, month));
    if (open === undefined) {
      const [answered] = await sql.rows(
        `SELECT 1 AS there FROM lead WHERE lead_id = ${literal(lead_id)}`,
      );
      if (answered !== undefined)
        throw new CaseRefused(
          'answered-this-month',
          'a lead of this home was answered this month: ask for a review',
          '该家庭本月线索已办结，请按复查办理',
        );
    }
    await commit('lead.reported', {
      lead_id,
      opened: open === undefined,
      direction,
      household_id,
      person_id,
      county,
      township,
      month,
      kind,
      priority: REPORT_KINDS[kind].priority,
      note,
      by: actor,
      key,
    });
    return { lead_id, opened: open === undefined, repeated: false };
  });
}
