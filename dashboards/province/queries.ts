/** Province overview: people by programme, leads, the funnel, counties, months side by side. */
import * as column from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

export default {
  people: {
    title: '各类救助对象人数',
    note: '同一人在两类中各计一次。',
    parameters: ['months', 'region'],
    reads: ['person_month', 'programme'],
    sparse: true,
    columns: {
      month: column.MONTH,
      programme: { type: 'text', title: '类别代码' },
      title: { type: 'text', title: '类别' },
      persons: { type: 'count', title: '人数', unit: 'persons' },
    },
  },
  months: {
    title: '逐月对比',
    parameters: ['months', 'region'],
    reads: ['lead', 'month', 'person_month', 'warning'],
    columns: {
      month: column.MONTH,
      persons: column.PERSONS,
      warnings: { type: 'count', title: '预警', unit: 'warnings' },
      open: column.OPEN,
      opened: { type: 'count', title: '新增线索', unit: 'leads' },
      struck: { type: 'count', title: '撤销线索', unit: 'leads' },
      closed: { type: 'count', title: '办结线索', unit: 'leads' },
    },
  },
  funnel: {
    title: '从命中到办结',
    note: '命中为当月预警条数；其余为当月新开线索及其至今的去向。纳入指低保、特困、低保边缘、刚性支出困难家庭或防返贫监测。',
    parameters: ['months', 'region'],
    reads: ['lead_cohort', 'month', 'warning'],
    columns: {
      month: column.MONTH,
      hits: column.HITS,
      opened: { type: 'count', title: '线索', unit: 'leads' },
      delivered: { type: 'count', title: '送达', unit: 'leads' },
      visited: { type: 'count', title: '入户', unit: 'leads' },
      confirmed: { type: 'count', title: '两部门确认', unit: 'leads' },
      enrolled: { type: 'count', title: '纳入', unit: 'leads' },
      closed: { type: 'count', title: '办结', unit: 'leads' },
      delivered_share: { type: 'ratio', title: '送达率', of: ['delivered', 'opened'] },
      closed_share: { type: 'ratio', title: '办结率', of: ['closed', 'opened'] },
    },
  },
  stages: {
    title: '最近一月的漏斗',
    parameters: ['months', 'region'],
    reads: ['lead_cohort', 'warning'],
    columns: {
      month: column.MONTH,
      stage: { type: 'text', title: '环节' },
      n: { type: 'count', title: '数量', unit: 'leads' },
    },
  },
  counties: {
    title: '各县（市、区）',
    parameters: ['months', 'region'],
    reads: ['county', 'lead', 'person_month', 'warning'],
    columns: {
      month: column.MONTH,
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      prefecture_name: column.PREFECTURE_NAME,
      persons: column.PERSONS,
      warnings: { type: 'count', title: '预警', unit: 'warnings' },
      open: column.OPEN,
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
    reads: ['county', 'rule', 'warning'],
    sparse: true,
    columns: {
      month: column.MONTH,
      rule: column.RULE,
      rule_title: column.RULE_TITLE,
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      hits: column.HITS,
    },
  },
} satisfies Queries;
