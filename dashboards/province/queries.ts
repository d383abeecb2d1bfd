/** Province overview: people by programme, leads, the funnel, counties, months side by side. */
import type { Queries } from '../kit/metric.ts';

const MONTH = { type: 'month', title: '月份' } as const;
const persons = { type: 'count', title: '低收入人口', unit: 'persons' } as const;

export default {
  people: {
    title: '各类救助对象人数',
    note: '同一人在两类中各计一次。',
    parameters: ['months', 'region'],
    sparse: true,
    columns: {
      month: MONTH,
      programme: { type: 'text', title: '类别代码' },
      title: { type: 'text', title: '类别' },
      persons: { type: 'count', title: '人数', unit: 'persons' },
    },
  },
  months: {
    title: '逐月对比',
    parameters: ['months', 'region'],
    columns: {
      month: MONTH,
      persons,
      warnings: { type: 'count', title: '预警', unit: 'warnings' },
      open: { type: 'count', title: '未结线索', unit: 'leads' },
      opened: { type: 'count', title: '新增线索', unit: 'leads' },
      struck: { type: 'count', title: '撤销线索', unit: 'leads' },
      closed: { type: 'count', title: '办结线索', unit: 'leads' },
    },
  },
  funnel: {
    title: '从命中到办结',
    note: '命中为当月预警条数；其余为当月新开线索及其至今的去向。',
    parameters: ['months', 'region'],
    columns: {
      month: MONTH,
      hits: { type: 'count', title: '命中', unit: 'warnings' },
      opened: { type: 'count', title: '线索', unit: 'leads' },
      delivered: { type: 'count', title: '送达', unit: 'leads' },
      closed: { type: 'count', title: '办结', unit: 'leads' },
      delivered_share: { type: 'ratio', title: '送达率', of: ['delivered', 'opened'] },
      closed_share: { type: 'ratio', title: '办结率', of: ['closed', 'opened'] },
    },
  },
  stages: {
    title: '最近一月的漏斗',
    parameters: ['months', 'region'],
    columns: {
      month: MONTH,
      stage: { type: 'text', title: '环节' },
      n: { type: 'count', title: '数量', unit: 'leads' },
    },
  },
  counties: {
    title: '各县（市、区）',
    parameters: ['months', 'region'],
    columns: {
      month: MONTH,
      county: { type: 'text', title: '区划代码' },
      county_name: { type: 'text', title: '县（市、区）' },
      prefecture_name: { type: 'text', title: '市（州）' },
      persons,
      warnings: { type: 'count', title: '预警', unit: 'warnings' },
      open: { type: 'count', title: '未结线索', unit: 'leads' },
      urgent: { type: 'count', title: '其中最紧急', unit: 'leads' },
      opened: { type: 'count', title: '新增线索', unit: 'leads' },
      closed: { type: 'count', title: '办结线索', unit: 'leads' },
      warned_share: { type: 'ratio', title: '预警与人口之比', of: ['warnings', 'persons'] },
    },
  },
  rule_counties: {
    title: '规则与县（市、区）',
    note: '没有出现的组合为零或未评估。',
    parameters: ['months', 'region'],
    sparse: true,
    columns: {
      month: MONTH,
      rule: { type: 'text', title: '规则' },
      rule_title: { type: 'text', title: '规则名称' },
      county: { type: 'text', title: '区划代码' },
      county_name: { type: 'text', title: '县（市、区）' },
      hits: { type: 'count', title: '命中', unit: 'warnings' },
    },
  },
} satisfies Queries;
