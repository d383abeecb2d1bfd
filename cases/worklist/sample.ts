/**
 * The county's spot check (R29): of the homes answered in a month, at least the locality's share, plus every home
 * with a complaint. The seed is fixed during the month, before anybody knows the population, and the draw follows
 * from seed and ledger alone, so that anyone who doubts it can repeat it.
 */
import { randomBytes } from 'node:crypto';
import type { Actor } from '../../core/account.ts';
import { shanghaiMonth } from '../../core/clock.ts';
import { MonitorError } from '../../core/errors.ts';
import { firstDay, lastDay, type Month } from '../../core/month.ts';
import { literal, type Sql } from '../../store/sql.ts';
import { REPORTED } from '../../store/projection.ts';
import type { Store } from '../../store/store.ts';
import { CaseRefused } from '../refused.ts';
import { localityAt } from '../../warnings/calculators/locality.ts';
import type { Deployment } from '../../warnings/deployment.ts';

function readSeed(sql: Sql, county: string, month: Month): Promise<{ seed: string }[]> {
  return sql.rows(
    `SELECT seed FROM sample_seed WHERE county = ${literal(county)} AND month = ${literal(month)} ORDER BY seq LIMIT 1`,
  );
}

/**
 * Fixes the seed of a month; a repeated call returns the existing seed.
 * @throws CaseRefused `sample-late` if the month is over
 */
export function seedSample(
  store: Store,
  county: string,
  month: Month,
  by: Actor,
): Promise<{ readonly seed: string }> {
  return store.alone(async ({ sql, commit }) => {
    const [known] = await readSeed(sql, county, month);
    if (known !== undefined) return known;
    if (month < shanghaiMonth(store.clock))
      throw new CaseRefused(
        'sample-late',
        'the month is over: a seed is fixed before the list is known',
        '该月已结束，随机种子须在名单产生前确定',
      );
    const seed = randomBytes(16).toString('hex');
    await commit('sample.seeded', { county, month, seed, by });
    return { seed };
  });
}

export interface Sample {
  readonly county: string;
  readonly month: string;
  readonly seed: string;
  /** Minimum share of the homes, 0 to 1. */
  readonly share: number;
  /** Homes answered in the month after a visit. */
  readonly answered: number;
  readonly drawn: readonly {
    readonly lead_id: string;
    readonly township: string | null;
    readonly complaint: boolean;
    /** Result of the check; null: still due. */
    readonly consistent: boolean | null;
  }[];
}

/**
 * @param month must be over
 * @returns the homes to check, ordered by lead_id
 * @throws MonitorError `sample-early` before the month is over, `sample-unseeded` if no seed was fixed
 */
export async function drawSample(
  { sql, clock }: Pick<Store, 'sql' | 'clock'>,
  { rules, divisions }: Pick<Deployment, 'rules' | 'divisions'>,
  county: string,
  month: Month,
): Promise<Sample> {
  if (month >= shanghaiMonth(clock))
    throw new MonitorError('sample-early', 'the month is not over yet', { severity: 'reject' });
  const [known] = await readSeed(sql, county, month);
  if (known === undefined)
    throw new MonitorError('sample-unseeded', 'no seed was fixed during the month', {
      severity: 'reject',
      fix: 'fix the seed of the current month; its sample can be drawn when the month is over',
    });
  const { seed } = known;
  const here = localityAt(rules.parameters, divisions, county, lastDay(month));
  const share = here.number('spot-check-share')?.value ?? 0;
  const rows = await sql.rows<Sample['drawn'][number] & { chosen: boolean }>(`
    WITH ended AS (
      SELECT lead_id, county, township FROM case_act WHERE outcome IS NOT NULL
      QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY version) = 1 AND day BETWEEN ${literal(firstDay(month))} AND ${literal(lastDay(month))}
    ), home AS (
      SELECT e.lead_id, e.township, c.lead_id IS NOT NULL AS complaint
      FROM ended e SEMI JOIN (SELECT lead_id FROM case_act WHERE action = 'visit') v ON v.lead_id = e.lead_id
      LEFT JOIN (SELECT DISTINCT lead_id FROM lead_event WHERE rule = ${literal(`${REPORTED}complaint`)}) c ON c.lead_id = e.lead_id
      WHERE e.county = ${literal(county)}
    ), lot AS (
      SELECT *, row_number() OVER (ORDER BY sha256(${literal(seed)} || '|' || lead_id)) AS place, count(*) OVER () AS answered FROM home
    ), looked AS (
      SELECT lead_id, arg_max((form->>'consistent')::BOOLEAN, version) AS consistent FROM case_act WHERE action = 'spot_check' GROUP BY lead_id
    )
    SELECT t.lead_id, t.township, t.complaint, k.consistent, t.place <= ceil(${share}::DECIMAL(9,4) * t.answered) AS chosen
    FROM lot t LEFT JOIN looked k ON k.lead_id = t.lead_id ORDER BY t.lead_id`);
  return {
    county,
    month,
    seed,
    share,
    answered: rows.length,
    drawn: rows.flatMap(({ chosen, ...row }) => (chosen || row.complaint ? [row] : [])),
  };
}
