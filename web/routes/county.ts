import { z } from 'zod';
import { usageError } from '../../core/errors.ts';
import { inRegion } from '../../store/in-region.ts';
import { hexOf, literal } from '../../store/sql.ts';
import { SCORE_SHOWN, scoredLeads, type Score } from '../../cases/lead/score.ts';
import { deliveryState, scoreAnswer } from '../../cases/lead/card.ts';
import { scoreWeights } from '../../cases/lead/score-weights.ts';
import { countyLeadsAnswer, type QueueLeadAnswer } from '../api.ts';
import { count, county, month } from '../fields.ts';
import { countyOf, monthThatWasRun, prefectureOf } from '../read.ts';
import { LEAD_ROLES, read } from '../route.ts';

type Row = Omit<QueueLeadAnswer, 'rules' | 'township_name' | 'delivery' | 'score'> &
  Score & {
    readonly rules: string;
    readonly arrived: boolean;
    readonly dead: boolean;
    readonly total: number;
  };

/** Possible orders of a queue, each with its tie-breakers. */
const ORDERS = {
  priority: 'l.priority, l.score DESC, l.township, l.lead_id',
  score: 'l.score DESC, l.priority, l.township, l.lead_id',
  opened: 'l.opened_month, l.priority, l.score DESC, l.lead_id',
  township: 'l.township, l.priority, l.score DESC, l.lead_id',
} as const;

export default read(
  {
    path: '/counties/:code/leads',
    summary: {
      zh: '一个县的线索队列，最紧急的在前；乡镇账号只见本乡镇',
      en: 'A county’s queue, most urgent first; accounts of a township see its part',
    },
    params: z.strictObject({ code: county }),
    query: z.strictObject({
      month,
      page: count(1, 100_000),
      size: count(50, 200),
      direction: z.enum(['need', 'exit', 'correction']).optional(),
      status: z.enum(['open', 'struck', 'closed']).optional(),
      priority: z.enum(['1', '2', '3', '4']).optional(),
      order: z.enum(['priority', 'score', 'opened', 'township']).default('priority'),
      rule: z.string().max(40).optional().describe('Id of a rule that is on the card.'),
    }),
    answer: countyLeadsAnswer,
    rule: {
      unauthenticated: ['operator'],
      roles: LEAD_ROLES,
      place: { of: 'at', code: ({ params: { code } }) => code, narrowed: true },
      person: true,
    },
  },
  async ({ params, query, region, services: { deployment, published, store, reading } }) => {
    const { divisions, rules } = deployment;
    const county = countyOf(divisions, params.code);
    const { page, size, direction, status, priority, order, rule } = query;
    const month = await monthThatWasRun(published, query.month);
    if (rule !== undefined && !rules.rules.some(({ id }) => id === rule))
      throw usageError('there is no such rule');
    const wanted = [
      `l.county = ${literal(county.code)}`,
      inRegion(divisions, region, { county: 'l.county', township: 'l.township' }),
      ...(direction === undefined ? [] : [`l.direction = ${literal(direction)}`]),
      ...(status === undefined ? [] : [`l.status = ${literal(status)}`]),
      ...(priority === undefined ? [] : [`l.priority = ${priority}`]),
      ...(rule === undefined
        ? []
        : [`list_contains(string_split(l.rules, ';'), ${literal(rule)})`]),
    ];
    const leads = await reading(() =>
      store.task(async ({ sql }) => {
        await sql.run(`SET VARIABLE month = ${literal(month)}`);
        return sql.rows<Row>(`
          WITH fate AS (
            SELECT lead_id, bool_or(outcome = 'done' AND channel <> 'webhook') AS arrived, arg_max(outcome, seq) = 'dead' AS dead
            FROM lead_delivery WHERE county = ${literal(county.code)} GROUP BY lead_id
          )
          SELECT l.lead_id, l.direction, ${hexOf('l.household_id')} AS household_id, ${hexOf('l.person_id')} AS person_id,
            l.township, l.opened_month, l.status, l.priority, l.rules, coalesce(f.arrived, false) AS arrived,
            coalesce(f.dead, false) AS dead, ${SCORE_SHOWN}, count(*) OVER ()::INTEGER AS total
          FROM (${scoredLeads(scoreWeights(deployment, month, [county.code]))}) l LEFT JOIN fate f USING (lead_id) WHERE ${wanted.join(' AND ')}
          ORDER BY l.status <> 'open', ${ORDERS[order]} LIMIT ${size} OFFSET ${(page - 1) * size}`);
      }),
    );
    return {
      county: { code: county.code, name: county.name, prefecture: prefectureOf(divisions, county) },
      month,
      total: leads[0]?.total ?? 0,
      page,
      size,
      leads: leads.map((lead) => ({
        lead_id: lead.lead_id,
        direction: lead.direction,
        household_id: lead.household_id,
        person_id: lead.person_id,
        township: lead.township,
        township_name:
          lead.township === null ? null : (divisions.find(lead.township)?.name ?? null),
        opened_month: lead.opened_month,
        status: lead.status,
        priority: lead.priority,
        rules: lead.rules === '' ? [] : lead.rules.split(';'),
        delivery: deliveryState(lead.arrived, lead.dead),
        score: scoreAnswer(lead),
      })),
    };
  },
);
