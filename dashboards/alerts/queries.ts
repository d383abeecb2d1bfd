/** Queries for alert rules: names and one number each, without a time, so that one rule raises one alert per row. */
import * as column from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

export default {
  sources: {
    title: '来源缺失',
    parameters: [],
    reads: ['calendar', 'source', 'source_name'],
    about: 'province',
    columns: {
      source: column.SOURCE,
      title: column.SOURCE_TITLE,
      firing: column.FIRING,
    },
  },
  rules: {
    title: '规则无命中',
    parameters: [],
    reads: ['alarm', 'month', 'rule'],
    about: 'province',
    columns: { rule: column.RULE, rule_title: column.RULE_TITLE, firing: column.FIRING },
  },
  lists: {
    title: '名单逾期',
    parameters: [],
    reads: ['calendar', 'job', 'list'],
    about: 'province',
    columns: { lists_of: { type: 'text', title: '名单月份' }, firing: column.FIRING },
  },
  queues: {
    title: '队列积压',
    parameters: ['region'],
    reads: ['county', 'delivery_month'],
    columns: { county: column.COUNTY, county_name: column.COUNTY_NAME, firing: column.FIRING },
  },
  disk: {
    title: '磁盘剩余比例',
    parameters: [],
    reads: [],
    columns: {
      disk: { type: 'text', title: '磁盘' },
      free_share: { type: 'number', title: '剩余比例', unit: 'share' },
    },
  },
} satisfies Queries;
