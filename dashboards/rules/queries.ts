/** Rules: what they find, what visits confirm, and where they fall silent. */
import * as column from '../shared/columns.ts';
import type { Queries } from '../shared/metric.ts';

const OUTCOMES = {
  decided: { type: 'count', title: '已办结', unit: 'leads' },
  assisted: { type: 'count', title: '已救助', unit: 'leads' },
  not_eligible: { type: 'count', title: '不符合条件', unit: 'leads' },
  unfounded: { type: 'count', title: '数据有误', unit: 'leads' },
  precision: { type: 'ratio', title: '准确率', of: ['assisted', 'decided'] },
  unfounded_share: { type: 'ratio', title: '误报率', of: ['unfounded', 'decided'] },
} as const;

export default {
  months: {
    title: '各规则逐月命中',
    parameters: ['months', 'region', 'rule'],
    reads: ['rule', 'warning'],
    sparse: true,
    columns: {
      month: column.MONTH,
      rule: column.RULE,
      rule_title: column.RULE_TITLE,
      hits: column.HITS,
    },
  },
  table: {
    title: '规则一览',
    note: '准确率＝已救助占已办结的比例；一张卡上有两条规则时，在两条下各计一次。',
    parameters: ['months', 'region', 'rule'],
    reads: ['month', 'rule', 'rule_outcome', 'warning'],
    columns: {
      month: column.MONTH,
      rule: column.RULE,
      rule_title: column.RULE_TITLE,
      hits: column.HITS,
      hits_before: { type: 'count', title: '上月命中', unit: 'warnings' },
      ...OUTCOMES,
    },
  },
  outcomes: {
    title: '逐月核查结果',
    parameters: ['months', 'region', 'rule'],
    reads: ['month', 'rule_outcome'],
    columns: { month: column.MONTH, ...OUTCOMES },
  },
  silent: {
    title: '久无命中的规则',
    parameters: ['months'],
    reads: ['alarm', 'month', 'rule', 'warning'],
    about: 'province',
    columns: {
      month: column.MONTH,
      rule: column.RULE,
      rule_title: column.RULE_TITLE,
      silent_months: { type: 'number', title: '连续无命中月数', unit: 'months' },
      alarm: { type: 'text', title: '数量异常' },
      firing: column.FIRING,
    },
  },
  backtests: {
    title: '阈值试算',
    note: '用 doudi rules backtest … --keep 留下的试算，按户计；同一规则同一试算以最后一次为准。',
    parameters: ['months', 'region', 'rule'],
    reads: ['backtest', 'rule'],
    columns: {
      month: column.MONTH,
      rule: column.RULE,
      rule_title: column.RULE_TITLE,
      tried: { type: 'text', title: '试算' },
      before: { type: 'count', title: '现行命中', unit: 'households' },
      after: { type: 'count', title: '试算命中', unit: 'households' },
      gained: { type: 'count', title: '增加', unit: 'households' },
      lost: { type: 'count', title: '减少', unit: 'households' },
    },
  },
  counties: {
    title: '各县（市、区）命中',
    parameters: ['months', 'region', 'rule'],
    reads: ['county', 'person_month', 'warning'],
    columns: {
      month: column.MONTH,
      county: column.COUNTY,
      county_name: column.COUNTY_NAME,
      prefecture_name: column.PREFECTURE_NAME,
      hits: column.HITS,
      persons: column.PERSONS,
      hits_share: { type: 'ratio', title: '命中与人口之比', of: ['hits', 'persons'] },
    },
  },
} satisfies Queries;
