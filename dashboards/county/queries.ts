/** A county: its queue, how long cards wait, what its rules found and what they lacked. */
import * as column from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

export default {
  queue: {
    title: '未结线索',
    parameters: ['months', 'region'],
    reads: ['lead'],
    sparse: true,
    columns: {
      month: column.MONTH,
      direction: { type: 'text', title: '方向' },
      priority: { type: 'text', title: '优先级' },
      open: column.OPEN,
    },
  },
  urgent: {
    title: '最紧急的未结线索',
    note: '至多100条，每条通往业务页面中的线索。只有可查看线索的账号可见，限本辖区，每次读取都记入审计。',
    parameters: ['months', 'region'],
    reads: ['county', 'urgent_lead'],
    shows: 'leads',
    columns: {
      month: column.MONTH,
      lead_id: { type: 'text', title: '线索' },
      direction: { type: 'text', title: '方向' },
      priority: { type: 'text', title: '优先级' },
      county_name: column.COUNTY_NAME,
      township: { type: 'text', title: '乡镇（街道）代码' },
      rules: { type: 'text', title: '规则' },
      opened_month: { type: 'text', title: '开立月份' },
    },
  },
  ages: {
    title: '未结线索时长',
    parameters: ['months', 'region'],
    reads: ['lead_age'],
    columns: {
      month: column.MONTH,
      age: { type: 'text', title: '时长' },
      open: column.OPEN,
    },
  },
  rules: {
    title: '各规则命中与未结线索',
    note: '一张线索卡上有两条规则时，在两条下各计一次。',
    parameters: ['months', 'region'],
    reads: ['lead_rule', 'rule', 'warning'],
    columns: {
      month: column.MONTH,
      rule: column.RULE,
      rule_title: column.RULE_TITLE,
      hits: column.HITS,
      open: column.OPEN,
    },
  },
  gaps: {
    title: '未评估的规则',
    parameters: ['months', 'region'],
    reads: ['gap_county', 'rule'],
    columns: {
      month: column.MONTH,
      rule: column.RULE,
      rule_title: column.RULE_TITLE,
      missing: { type: 'text', title: '缺少的数据' },
      counties: column.COUNTIES,
    },
  },
  sources: {
    title: '来源是否齐全',
    note: '因缺少该来源而未评估的规则数；0 为齐全。',
    parameters: ['months', 'region'],
    reads: ['gap_county', 'month', 'source_name'],
    columns: {
      month: column.MONTH,
      source: column.SOURCE,
      title: column.SOURCE_TITLE,
      rules: { type: 'number', title: '未评估规则数', unit: 'records' },
      counties: column.COUNTIES,
    },
  },
} satisfies Queries;
