/** Three-synchronous identification: from a lead to two bureaus' decision, how long it takes and how it ends. */
import * as column from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

const CASES = { type: 'count', title: '件数', unit: 'leads' } as const;
const OVERDUE = { type: 'count', title: '已逾期', unit: 'leads' } as const;
const TOWNSHIP = { type: 'text', title: '乡镇（街道）代码' } as const;
const leads = (title: string) => ({ type: 'count', title, unit: 'leads' }) as const;

/** How often a rule was right, judged by the answers to its cards. */
const RIGHT = {
  decided: leads('已答复'),
  assisted: leads('给予帮扶'),
  unfounded: leads('数据有误'),
  assisted_share: { type: 'ratio', title: '核实率', of: ['assisted', 'decided'] },
  unfounded_share: { type: 'ratio', title: '误报率', of: ['unfounded', 'decided'] },
} as const;

/** Days between gates. */
const GONE = {
  gate: { type: 'text', title: '环节' },
  passed: leads('通过件数'),
  median_days: { type: 'number', title: '半数不超过（天）', unit: 'days' },
  p90_days: { type: 'number', title: '九成不超过（天）', unit: 'days' },
} as const;

export default {
  funnel: {
    title: '从命中到纳入',
    note: '命中为当月预警条数；其余为当月新开线索及其至今的去向。确认须民政、乡村振兴两方；直接认定不经入户，先行环节不必都有。',
    parameters: ['months', 'region'],
    reads: ['lead_cohort', 'month', 'warning'],
    columns: {
      month: column.MONTH,
      hits: column.HITS,
      opened: leads('线索'),
      delivered: leads('送达'),
      visited: leads('入户'),
      accepted: leads('受理'),
      reviewed: leads('审核'),
      confirmed: leads('确认'),
      enrolled: leads('纳入'),
      visited_share: { type: 'ratio', title: '入户率', of: ['visited', 'delivered'] },
      enrolled_share: { type: 'ratio', title: '纳入率', of: ['enrolled', 'confirmed'] },
    },
  },
  ways: {
    title: '所选月份的漏斗',
    note: '纳入指低保、特困、低保边缘、刚性支出困难家庭或防返贫监测。',
    parameters: ['months', 'region'],
    reads: ['lead_cohort', 'warning'],
    columns: { stage: { type: 'text', title: '环节' }, n: { ...CASES, title: '数量' } },
  },
  stages: {
    title: '在办件所处环节',
    note: '现在的情况，与所选月份无关。',
    parameters: ['region'],
    reads: ['case_name', 'case_stage'],
    columns: { stage: { type: 'text', title: '环节' }, cases: CASES },
  },
  gates: {
    title: '各环节用时',
    note: '自前一个已通过的环节起的日历天数，首个环节自线索送达起；同一件只计首次通过。',
    parameters: ['months', 'region'],
    reads: ['case_gate', 'case_name'],
    sparse: true,
    columns: GONE,
  },
  gate_months: {
    title: '各环节逐月用时',
    note: '按通过该环节的月份。',
    parameters: ['months', 'region'],
    reads: ['case_gate', 'case_name'],
    sparse: true,
    columns: { month: column.MONTH, ...GONE },
  },
  divergences: {
    title: '结论分歧',
    note: '两方都已确认并办结的件；两轨分歧为一方帮扶、另一方不帮扶，县乡分歧为县级确认与乡镇审核意见不同。',
    parameters: ['months', 'region'],
    reads: ['case_divergence'],
    sparse: true,
    columns: {
      month: column.MONTH,
      decided: leads('两方确认'),
      tracks: leads('两轨分歧'),
      levels: leads('县乡分歧'),
      tracks_share: { type: 'ratio', title: '两轨分歧率', of: ['tracks', 'decided'] },
      levels_share: { type: 'ratio', title: '县乡分歧率', of: ['levels', 'decided'] },
    },
  },
  overdue: {
    title: '期限',
    note: '现在的情况；暂定指所涉年份的放假安排尚未公布。',
    parameters: ['region'],
    reads: ['case_clock', 'case_name'],
    columns: {
      clock: { type: 'text', title: '期限' },
      running: leads('计时中'),
      overdue: OVERDUE,
      provisional: leads('日期暂定'),
    },
  },
  reminders: {
    title: '提醒',
    parameters: ['months', 'region'],
    reads: ['case_name', 'case_reminder_month'],
    sparse: true,
    columns: {
      month: column.MONTH,
      clock: { type: 'text', title: '期限' },
      level: { type: 'text', title: '级别' },
      reminders: leads('提醒次数'),
    },
  },
  outcomes: {
    title: '办结结果',
    note: '按办结月份；复查中的不计。',
    parameters: ['months', 'region'],
    reads: ['case_name', 'case_outcome'],
    sparse: true,
    columns: {
      track: { type: 'text', title: '部门' },
      finding: { type: 'text', title: '结果' },
      cases: CASES,
    },
  },
  precision: {
    title: '各规则核实情况',
    note: '一张线索卡上有两条规则时，在两条下各计一次。',
    parameters: ['months', 'region'],
    reads: ['rule', 'rule_outcome'],
    sparse: true,
    columns: { rule: column.RULE, rule_title: column.RULE_TITLE, ...RIGHT },
  },
  rule_townships: {
    title: '各乡镇（街道）规则核实情况',
    note: '至多500行，答复多的在前。',
    parameters: ['months', 'region'],
    reads: ['county', 'rule', 'rule_outcome'],
    sparse: true,
    columns: {
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      township: TOWNSHIP,
      rule: column.RULE,
      ...RIGHT,
    },
  },
  counties: {
    title: '各县（市、区）办件',
    note: '在办和逾期为现在的情况，其余按办结月份。',
    parameters: ['months', 'region'],
    reads: ['case_clock', 'case_divergence', 'case_outcome', 'case_stage', 'county'],
    columns: {
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      prefecture_name: column.PREFECTURE_NAME,
      cases: leads('在办'),
      overdue: OVERDUE,
      ended: leads('办结'),
      assisted: leads('给予帮扶'),
      tracks: leads('两轨分歧'),
      levels: leads('县乡分歧'),
    },
  },
  townships: {
    title: '各乡镇（街道）办件',
    note: '现在的情况。',
    parameters: ['region'],
    reads: ['case_clock', 'case_stage', 'county'],
    sparse: true,
    columns: {
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      township: TOWNSHIP,
      waiting: leads('待接收'),
      taken: leads('待入户'),
      running: leads('入户后在办'),
      overdue: OVERDUE,
      closed: leads('办结'),
    },
  },
  visits: {
    title: '各乡镇（街道）入户与能力',
    note: '所选月份中最近有入户的一月；每月可入户户数为本地参数。',
    parameters: ['months', 'region'],
    reads: ['county', 'visit_month'],
    sparse: true,
    columns: {
      month: column.MONTH,
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      township: TOWNSHIP,
      visited: { type: 'count', title: '入户', unit: 'households' },
      attempts: { type: 'count', title: '入户未果', unit: 'households' },
      capacity: { type: 'number', title: '每月可入户', unit: 'households' },
    },
  },
} satisfies Queries;
