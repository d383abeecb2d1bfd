import { z } from 'zod';
import { usageError } from '../../core/errors.ts';
import { ROLES } from '../../core/account.ts';
import { shanghaiDate } from '../../core/clock.ts';
import { parseMonth } from '../../core/month.ts';
import { inRegion } from '../../store/in-region.ts';
import { hexOf, literal } from '../../store/sql.ts';
import { actionsFor } from '../../cases/gates.ts';
import { STAGES, type Stage } from '../../cases/stages.ts';
import { ACTION_NAMES, FORMS, TITLES, type Action, type Form } from '../../cases/tables.ts';
import { clocksOf } from '../../cases/clocks.ts';
import { daysOf } from '../../cases/worklist/worklist.ts';
import { planOf } from '../../cases/worklist/plan.ts';
import {
  caseActed,
  caseAnswer,
  caseBatch,
  casesAnswer,
  planAnswer,
  type CaseRow,
} from '../case-api.ts';
import { anyMonth, count, leadId, township, village } from '../fields.ts';
import { LEAD_ROLES, read, write } from '../route.ts';

const stages = Object.keys(STAGES) as [Stage, ...Stage[]];
const version = z.int().min(0).max(100_000).describe('Number of actions you have seen.');

/** One shape per action: its name and its form. */
function actionShapes<S extends z.ZodRawShape>(more: S) {
  const shapes = ACTION_NAMES.map((action) =>
    z.strictObject({ action: z.literal(action), form: FORMS[action], ...more }),
  );
  return z.discriminatedUnion(
    'action',
    shapes as unknown as [(typeof shapes)[0], (typeof shapes)[0]],
  );
}

const one = actionShapes({ version });
const many = actionShapes({
  items: z
    .array(z.strictObject({ lead_id: leadId, version }))
    .min(1)
    .max(500)
    .refine((items) => new Set(items.map((item) => item.lead_id)).size === items.length, {
      message: 'a home is listed twice',
    }),
});

/** Possible orders of a queue, each with its tie-breakers. */
const ORDERS = {
  priority: 'priority, score DESC, due NULLS LAST, lead_id',
  gain: 'gain DESC, priority, lead_id',
  village: 'village NULLS LAST, priority, score DESC, lead_id',
  due: 'due NULLS LAST, priority, lead_id',
  score: 'score DESC, priority, lead_id',
} as const;

/** The case book checks access, because it also sees cases on their way to another county. */
const own = { roles: LEAD_ROLES, place: { of: 'own' } } as const;

export default [
  read(
    {
      path: '/cases',
      summary: {
        zh: '本辖区的办件，可按阶段、乡镇、村、规则和到期日查找排序',
        en: 'Cases of one’s region, by stage, township, village, rule and due day',
      },
      query: z.strictObject({
        page: count(1, 100_000),
        size: count(50, 200),
        township: township.optional(),
        village: village.optional(),
        direction: z.enum(['need', 'exit', 'correction']).optional(),
        stage: z.enum([...stages, 'open']).default('open'),
        rule: z.string().max(40).optional().describe('Id of a rule that is on the card.'),
        due_before: z.iso.date().optional().describe('Due on or before this day.'),
        order: z.enum(['priority', 'gain', 'village', 'due', 'score']).default('priority'),
      }),
      answer: casesAnswer,
      rule: { unauthenticated: [], person: true, ...own },
    },
    async ({ query, region, services: { deployment, cases, reading } }) => {
      const { divisions, rules } = deployment;
      const { page, size, stage, direction, rule, due_before, order } = query;
      if (rule !== undefined && !rules.rules.some(({ id }) => id === rule))
        throw usageError('there is no such rule');
      const wanted = [
        inRegion(divisions, region, { county: 'county', township: 'township', village: 'village' }),
        stage === 'open' ? "stage <> 'closed'" : `stage = ${literal(stage)}`,
        ...(query.township === undefined ? [] : [`township = ${literal(query.township)}`]),
        ...(query.village === undefined ? [] : [`village = ${literal(query.village)}`]),
        ...(direction === undefined ? [] : [`direction = ${literal(direction)}`]),
        ...(due_before === undefined ? [] : [`due <= ${literal(due_before)}`]),
        ...(rule === undefined
          ? []
          : [`list_contains(string_split(rules, ';'), ${literal(rule)})`]),
      ];
      const rows = await reading(() =>
        cases.worklist.read((sql) =>
          sql.rows<Omit<CaseRow, 'rules' | 'township_name'> & { rules: string; total: number }>(`
            SELECT lead_id, direction, ${hexOf('household_id')} AS household_id, ${hexOf('person_id')} AS person_id, county,
              township, village, opened_month, priority, rules, score::DOUBLE AS score, gain::DOUBLE AS gain, stage, version,
              due, due_clock, provisional, count(*) OVER ()::INTEGER AS total
            FROM worklist.card WHERE ${wanted.join(' AND ')} ORDER BY ${ORDERS[order]} LIMIT ${size} OFFSET ${(page - 1) * size}`),
        ),
      );
      return {
        total: rows[0]?.total ?? 0,
        page,
        size,
        cases: rows.map(({ total: _, ...row }) => ({
          ...row,
          rules: row.rules === '' ? [] : row.rules.split(';'),
          township_name:
            row.township === null ? null : (divisions.find(row.township)?.name ?? null),
        })),
      };
    },
  ),
  read(
    {
      path: '/cases/:id',
      summary: {
        zh: '一个办件：阶段、全部操作、时限和本岗位可办的事',
        en: 'One case: its stage, every action, its clocks, and the actions open to you',
      },
      params: z.strictObject({ id: leadId }),
      answer: caseAnswer,
      rule: { unauthenticated: [], person: ({ params: { id } }) => id, ...own },
    },
    async ({ params: { id }, caller, services: { deployment, cases, store, reading } }) => {
      if (caller.kind !== 'account') throw usageError('an account is needed');
      const { state, lead, acts } = await cases.book.look(caller.actor, id);
      const days = await reading(() => cases.worklist.read((sql) => daysOf(sql, id)));
      return {
        lead_id: id,
        direction: state.direction,
        county: state.county,
        township: state.township,
        stage: state.stage,
        stage_title: STAGES[state.stage],
        version: state.version,
        rules: [...lead.rules],
        today: shanghaiDate(store.clock),
        clocks: clocksOf(deployment, state, days),
        opinion: state.opinion,
        civil: state.civil,
        rural: state.rural,
        outcome: state.outcome,
        actions: actionsFor(state, caller.actor.role).map((action) => ({
          action,
          title: TITLES[action],
        })),
        acts: acts.map(({ version: n, action, form, actor, day, at, batch, stage }) => ({
          version: n,
          action,
          title: TITLES[action],
          form,
          account: actor.name,
          role: actor.role,
          role_title: ROLES[actor.role],
          day,
          at,
          batch,
          stage,
        })),
      };
    },
  ),
  write(
    'POST',
    {
      path: '/cases/:id/acts',
      summary: { zh: '办理一步', en: 'Take one action on a case' },
      params: z.strictObject({ id: leadId }),
      body: one,
      answer: caseActed,
      rule: { person: ({ params: { id } }) => id, ...own },
    },
    ({ params: { id }, body, actor, key, services: { cases } }) =>
      cases.act({
        lead_id: id,
        action: body.action,
        form: body.form,
        version: body.version,
        key,
        actor,
      }),
  ),
  write(
    'POST',
    {
      path: '/cases/batch',
      summary: {
        zh: '批量办理：每户单独判断，件数前后一致，可逐户撤销',
        en: 'The same action on many cases, each decided and undone independently',
      },
      body: many,
      answer: caseBatch,
      rule: { person: true, ...own },
    },
    ({ body, actor, key, services: { cases } }) =>
      cases.batch({
        action: body.action,
        form: body.form as Form<Action>,
        items: body.items,
        actor,
        key,
      }),
  ),
  read(
    {
      path: '/townships/:code/plan',
      summary: {
        zh: '一个乡镇当月的入户安排：能力、先后、偏远村保底和结转',
        en: 'A township’s visits of a month: capacity, order, far villages, what is carried over',
      },
      params: z.strictObject({ code: township }),
      query: z.strictObject({ month: anyMonth }),
      answer: planAnswer,
      rule: {
        unauthenticated: [],
        roles: LEAD_ROLES,
        place: { of: 'at', code: ({ params: { code } }) => code },
        person: true,
      },
    },
    ({ params: { code }, query, services: { cases, deployment, reading } }) =>
      reading(() =>
        cases.worklist.read((sql) => planOf(sql, deployment, code, parseMonth(query.month))),
      ),
  ),
];
