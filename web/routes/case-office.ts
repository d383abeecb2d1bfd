/** Work around cases: reported homes, reminders, samples, data returned to its department. */
import { z } from 'zod';
import { parseMonth } from '../../core/month.ts';
import { inRegion } from '../../store/in-region.ts';
import { REPORT_KINDS } from '../../cases/report.ts';
import { CLOCKS, type CaseClock } from '../../cases/running.ts';
import { returnedData } from '../../cases/worklist/returned.ts';
import { drawSample, seedSample } from '../../cases/worklist/sample.ts';
import {
  remindersAnswer,
  reportAnswer,
  returnsAnswer,
  sampleAnswer,
  seedAnswer,
} from '../case-api.ts';
import { anyMonth, count, county, pseudonym, township, village } from '../fields.ts';
import { LEAD_ROLES, read, write } from '../route.ts';

const kinds = Object.keys(REPORT_KINDS) as [
  keyof typeof REPORT_KINDS,
  ...(keyof typeof REPORT_KINDS)[],
];

const report = z
  .strictObject({
    direction: z.enum(['need', 'exit']).default('need'),
    household_id: pseudonym.optional(),
    person_id: pseudonym.optional().describe('Of somebody without a home.'),
    township,
    village: village.optional(),
    kind: z.enum(kinds),
    note: z.string().trim().min(2).max(500),
  })
  .refine((body) => (body.household_id === undefined) !== (body.person_id === undefined), {
    message: 'household_id, or person_id of somebody without a home',
  })
  .refine((body) => body.village === undefined || body.village.startsWith(body.township), {
    message: 'the village lies in the township',
    path: ['village'],
  });

const SUPERVISING = ['county_supervisor', 'county_civil_affairs'] as const;

export default [
  write(
    'POST',
    {
      path: '/leads',
      summary: {
        zh: '上报一户：走访发现、投诉、热线、主动申请、急难',
        en: 'Report a home: found on a round, complaint, hotline, application, emergency',
      },
      body: report,
      answer: reportAnswer,
      rule: {
        roles: [
          'village_assistant',
          'township_officer',
          'county_civil_affairs',
          'county_rural_revitalization',
          'county_supervisor',
        ],
        place: { of: 'at', code: ({ body: { village, township } }) => village ?? township },
        person: true,
      },
    },
    ({ body, actor, key, services: { cases } }) =>
      cases.report({
        direction: body.direction,
        household_id: body.household_id ?? null,
        person_id: body.person_id ?? null,
        county: body.township.slice(0, 6),
        township: body.township,
        kind: body.kind,
        note: body.note,
        actor,
        key,
      }),
  ),
  read(
    {
      path: '/reminders',
      summary: {
        zh: '到期和逾期提醒；逾期较久的由县级督查人员处理',
        en: 'What is due or late in one’s region; what is long overdue goes to the supervisor',
      },
      query: z.strictObject({ page: count(1, 10_000), size: count(100, 500) }),
      answer: remindersAnswer,
      rule: { unauthenticated: [], roles: LEAD_ROLES, place: { of: 'own' }, person: true },
    },
    async ({ query: { page, size }, caller, region, services: { deployment, cases, reading } }) => {
      const supervisor = caller.kind === 'account' && caller.actor.role === 'county_supervisor';
      const where = inRegion(deployment.divisions, region, {
        county: 'c.county',
        township: 'c.township',
        village: 'c.village',
      });
      const rows = await reading(() =>
        cases.worklist.read((sql) =>
          sql.rows<{
            lead_id: string;
            township: string | null;
            clock: CaseClock;
            due: string;
            level: 'soon' | 'over' | 'escalated';
            day: string;
            total: number;
          }>(`
            SELECT r.lead_id, c.township, r.clock, r.due, r.level, r.day, count(*) OVER ()::INTEGER AS total
            FROM (SELECT * FROM case_reminder QUALIFY row_number() OVER (PARTITION BY lead_id, clock, due ORDER BY seq DESC) = 1) r
            JOIN worklist.card c ON c.lead_id = r.lead_id AND c.due_clock = r.clock AND c.due = r.due
            WHERE ${where} ${supervisor ? "AND r.level = 'escalated'" : ''}
            ORDER BY r.due, r.lead_id LIMIT ${size} OFFSET ${(page - 1) * size}`),
        ),
      );
      return {
        total: rows[0]?.total ?? 0,
        reminders: rows.map(({ total: _, ...row }) => ({ ...row, title: CLOCKS[row.clock] })),
      };
    },
  ),
  write(
    'POST',
    {
      path: '/counties/:code/samples',
      summary: { zh: '确定当月抽查随机种子', en: 'Fix the seed of a month’s sample' },
      params: z.strictObject({ code: county }),
      body: z.strictObject({ month: anyMonth }),
      answer: seedAnswer,
      rule: {
        roles: SUPERVISING,
        place: { of: 'at', code: ({ params: { code } }) => code },
        person: false,
      },
    },
    ({ params: { code }, body, actor, services: { store } }) =>
      seedSample(store, code, parseMonth(body.month), actor),
  ),
  read(
    {
      path: '/counties/:code/samples/:month',
      summary: {
        zh: '一个月的抽查名单：不少于规定比例，投诉举报全部入户',
        en: 'A month’s sample: at least the locality’s share, and every home complained of',
      },
      params: z.strictObject({ code: county, month: anyMonth }),
      answer: sampleAnswer,
      rule: {
        unauthenticated: [],
        roles: SUPERVISING,
        place: { of: 'at', code: ({ params: { code } }) => code },
        person: true,
      },
    },
    ({ params, services: { store, deployment, reading } }) =>
      reading(() =>
        store.task((own) => drawSample(own, deployment, params.code, parseMonth(params.month))),
      ),
  ),
  read(
    {
      path: '/counties/:code/returns',
      summary: {
        zh: '核查认定来源数据有误、退回数据部门更正的记录',
        en: 'Errors found in departments’ data, to be returned to them',
      },
      params: z.strictObject({ code: county }),
      query: z.strictObject({ month: anyMonth }),
      answer: returnsAnswer,
      rule: {
        unauthenticated: [],
        roles: ['county_civil_affairs', 'county_rural_revitalization', 'department_recipient'],
        place: { of: 'at', code: ({ params: { code } }) => code },
        person: true,
      },
    },
    async ({ params: { code }, query, services: { store, deployment, reading } }) => ({
      returns: await reading(() =>
        store.task(({ sql }) => returnedData(sql, deployment, code, parseMonth(query.month))),
      ),
    }),
  ),
];
