/** Errors that visits found in departments' data, to be returned to the sending department. */
import { firstDay, lastDay, type Month } from '../../core/month.ts';
import { hexOf, literal, textList, type Sql } from '../../store/sql.ts';
import { FALSE_ALARMS } from '../findings.ts';
import { needsOf } from '../../warnings/rule-book.ts';
import type { Deployment } from '../../warnings/deployment.ts';

export interface Returned {
  readonly agency: string;
  readonly rule: string;
  readonly person_id: string | null;
  readonly household_id: string | null;
  readonly code: string;
  readonly title: string;
  readonly reason: string;
  readonly day: string;
}

/** Codes that mean the data were wrong, not that the home has no need. */
const WRONG = Object.entries(FALSE_ALARMS)
  .filter(([, { wrong }]) => wrong)
  .map(([code]) => code);

/** @returns one row per warning of a lead closed this way in the month and per agency whose data its rule reads */
export async function returnedData(
  sql: Sql,
  { rules: { rules, vocabulary } }: Pick<Deployment, 'rules'>,
  county: string,
  month: Month,
): Promise<Returned[]> {
  const agencies = rules.flatMap((rule) =>
    [...new Set(needsOf(rule, vocabulary.fields).map((source) => source.split('/')[0] ?? ''))]
      .filter((agency) => agency !== '')
      .map((agency) => `(${literal(rule.id)}, ${literal(agency)})`),
  );
  const rows = await sql.rows<Omit<Returned, 'title'> & { code: keyof typeof FALSE_ALARMS }>(`
    WITH source(rule, agency) AS (VALUES ${agencies.join(', ')}), ended AS (
      SELECT a.lead_id, a.code, o.reason, a.day FROM case_act a JOIN lead_outcome o ON o.lead_id = a.lead_id AND o.seq = a.seq
      WHERE a.outcome IS NOT NULL AND a.county = ${literal(county)} AND a.code IN (SELECT unnest(${textList(WRONG)}))
        AND a.day BETWEEN ${literal(firstDay(month))} AND ${literal(lastDay(month))}
    )
    SELECT DISTINCT s.agency, e.rule, ${hexOf('e.person_id')} AS person_id, ${hexOf('l.household_id')} AS household_id,
      x.code, x.reason, x.day
    FROM ended x JOIN lead l ON l.lead_id = x.lead_id
    JOIN lead_event e ON e.lead_id = x.lead_id AND e.action = 'attached' JOIN source s ON s.rule = e.rule
    ORDER BY s.agency, e.rule, person_id, household_id`);
  return rows.map((row) => ({ ...row, title: FALSE_ALARMS[row.code].title }));
}
